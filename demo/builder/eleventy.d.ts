/** The part of Eleventy's programmatic interface that the build uses; the package has no declarations. */
declare module '@11ty/eleventy' {
  export interface TransformContext {
    readonly page: { readonly inputPath: string; readonly outputPath: string | false }
  }

  export interface UserConfig {
    addExtension(extensions: readonly string[], options: { readonly key: string }): void
    addTemplateFormats(format: string): void
    addGlobalData(name: string, value: unknown): void
    addTransform(name: string, transform: (this: TransformContext, content: string) => Promise<string> | string): void
    setUseGitIgnore(use: boolean): void
    setDataFileBaseName(name: string): void
  }

  export class Eleventy {
    constructor(
      input: string,
      output: string,
      options: {
        readonly quietMode: boolean
        readonly configPath: false
        readonly config: (config: UserConfig) => void
      },
    )
    write(): Promise<unknown>
  }
}
