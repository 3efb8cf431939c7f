import type { Detection, LocalBuilderInput, ProjectBuild } from '#shared/local-project.ts'

/** What is typed about a project on this machine. */
export interface LocalProjectValues {
  readonly projectFolder: string
  readonly buildCommand: string
  readonly outputFolder: string
  readonly generator: ProjectBuild['generator']
  readonly dropHtml: 'yes' | 'no'
  /** `NAME=value`, one a line. */
  readonly buildEnvironment: string
  readonly publishFolder: string
  readonly keepReleases: string
  readonly timeoutMinutes: string
}

export const EMPTY_PROJECT: LocalProjectValues = {
  projectFolder: '',
  buildCommand: '',
  outputFolder: '',
  generator: 'command',
  dropHtml: 'no',
  buildEnvironment: '',
  publishFolder: '',
  keepReleases: '10',
  timeoutMinutes: '30',
}

/** What was found in the folder, as if it had been typed. */
export function detectedValues({ generator, command, outputFolder, dropHtml }: Detection) {
  return { generator, buildCommand: command, outputFolder, dropHtml: dropHtml ? ('yes' as const) : ('no' as const) }
}

/** How the project is built, as the core takes it; what is wrong with it the core's own schema says. */
export function projectOf(values: LocalProjectValues) {
  return {
    folder: values.projectFolder,
    command: values.buildCommand,
    outputFolder: values.outputFolder,
    generator: values.generator,
    dropHtml: values.dropHtml === 'yes',
    environment: environmentOf(values.buildEnvironment),
    timeoutMinutes: Number(values.timeoutMinutes),
  }
}

/** A stored project as it would be typed; its variables are secret. */
export function localValues(builder: Omit<LocalBuilderInput, 'environment'>): Partial<LocalProjectValues> {
  return {
    projectFolder: builder.folder,
    buildCommand: builder.command,
    outputFolder: builder.outputFolder,
    generator: builder.generator,
    dropHtml: builder.dropHtml ? 'yes' : 'no',
    publishFolder: builder.publish?.folder ?? '',
    keepReleases: String(builder.keepReleases),
    timeoutMinutes: String(builder.timeoutMinutes),
  }
}

export function localBuilderOf(values: LocalProjectValues) {
  const folder = values.publishFolder.trim()
  return {
    kind: 'local' as const,
    ...projectOf(values),
    keepReleases: Number(values.keepReleases),
    ...(folder === '' ? {} : { publish: { kind: 'folder' as const, folder } }),
  }
}

/** A value may have `=` of its own; a line without any is a name with nothing in it. */
function environmentOf(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.trim())
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const [, name = line, value = ''] = /^([^=]*)=(.*)$/s.exec(line) ?? []
      return [name.trim(), value.trim().replace(/^(["'])(.*)\1$/s, '$2')]
    }),
  )
}

export const PROJECT_FIELDS: readonly (readonly [start: string, field: keyof LocalProjectValues])[] = [
  ['builder.folder', 'projectFolder'],
  ['builder.command', 'buildCommand'],
  ['builder.outputFolder', 'outputFolder'],
  ['builder.environment', 'buildEnvironment'],
  ['builder.publish', 'publishFolder'],
  ['builder.keepReleases', 'keepReleases'],
  ['builder.timeoutMinutes', 'timeoutMinutes'],
]
