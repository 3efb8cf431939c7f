import { describe, expect, test } from 'vitest'
import { detect, type ProjectFiles } from '#main/providers/local/detect.ts'

const project = (more: Partial<ProjectFiles> & { readonly settings?: Record<string, string> }): ProjectFiles => ({
  names: [...(more.names ?? []), ...Object.keys(more.settings ?? {})],
  texts: new Map(Object.entries(more.settings ?? {})),
  packages: more.packages ?? null,
})

describe('A project', () => {
  test.each<[string, ProjectFiles, object]>([
    [
      'of Eleventy',
      project({ packages: { devDependencies: { '@11ty/eleventy': '3' } } }),
      {
        generator: 'eleventy',
        command: 'eleventy',
        outputFolder: '_site',
        reason: 'Because package.json depends on @11ty/eleventy.',
      },
    ],
    [
      'of Eleventy with its own output',
      project({ settings: { 'eleventy.config.js': `export default c => { c.setOutputDirectory("./dist/") }` } }),
      { generator: 'eleventy', outputFolder: 'dist', reason: 'Because there is eleventy.config.js.' },
    ],
    [
      'of Hugo',
      project({ names: ['content'], settings: { 'hugo.toml': `publishDir = "htdocs"` } }),
      { generator: 'hugo', command: 'hugo', outputFolder: 'htdocs' },
    ],
    [
      'of Hugo with an old settings file',
      project({ settings: { 'config.toml': '' } }),
      { generator: 'hugo', outputFolder: 'public' },
    ],
    [
      'of Astro, which has Vite inside',
      project({
        names: ['pnpm-lock.yaml'],
        packages: { scripts: { build: 'astro build' }, dependencies: { vite: '8', astro: '6' } },
      }),
      { generator: 'astro', command: 'pnpm run build', outputFolder: 'dist' },
    ],
    [
      'of Next.js that is exported',
      project({
        settings: { 'next.config.mjs': `export default { output: 'export' }` },
        packages: { dependencies: { next: '16' } },
      }),
      { generator: 'next-export', command: 'next build', outputFolder: 'out', dropHtml: true },
    ],
    [
      'of Next.js that is exported with slashes',
      project({ settings: { 'next.config.ts': `export default { output: "export", trailingSlash: true, distDir: 'web' }` } }),
      { generator: 'next-export', outputFolder: 'web', dropHtml: false },
    ],
    ['of Next.js', project({ packages: { dependencies: { next: '16' } } }), { generator: 'next', outputFolder: '.next' }],
    [
      'of Gatsby',
      project({
        settings: { 'gatsby-config.ts': '' },
        packages: { scripts: { build: 'gatsby build' }, dependencies: { gatsby: '5' } },
      }),
      { generator: 'gatsby', command: 'npm run build', outputFolder: 'public' },
    ],
    [
      'of Vite',
      project({ settings: { 'vite.config.ts': `build: { outDir: 'web' }` } }),
      { generator: 'vite', outputFolder: 'web' },
    ],
    [
      'with a script of its own',
      project({ names: ['yarn.lock', 'build'], packages: { scripts: { build: 'make' } } }),
      { generator: 'command', command: 'yarn run build', outputFolder: 'build' },
    ],
    [
      'that Netlify builds otherwise',
      project({ settings: { 'netlify.toml': `[build]\ncommand = "make site"\npublish = "web"`, 'hugo.toml': '' } }),
      { generator: 'hugo', command: 'make site', outputFolder: 'web' },
    ],
    ['that says nothing', project({ names: ['readme.txt'] }), { generator: 'command', command: '', outputFolder: 'dist' }],
  ])('%s is recognised', (_name, files, expected) => {
    expect(detect(files)).toMatchObject(expected)
  })

  test('says all its reasons in a sentence', () => {
    const files = project({
      settings: { 'next.config.js': `module.exports = { output: 'export' }` },
      packages: { scripts: { build: 'next build' } },
    })
    expect(detect(files).reason).toBe(
      "Because there is next.config.js, its output is 'export', and package.json has a build script (next build).",
    )
  })
})
