import type { Detection, Generator } from '#shared/local-project.ts'
import { readNetlifyToml } from './netlify-toml.ts'

/** What of a project is looked at: names in its folder, the settings' texts by name, and `package.json`. */
export interface ProjectFiles {
  readonly names: readonly string[]
  readonly texts: ReadonlyMap<string, string>
  readonly packages: PackageJson | null
}

export interface PackageJson {
  readonly scripts?: Readonly<Record<string, string>> | undefined
  readonly dependencies?: Readonly<Record<string, string>> | undefined
  readonly devDependencies?: Readonly<Record<string, string>> | undefined
}

interface Kind {
  readonly generator: Generator
  readonly name: string
  /** The package that does it; null for a program of the system. */
  readonly dependency: string | null
  readonly settings: RegExp
  readonly command: string
  readonly output: string
  /** Where its settings say another output folder. */
  readonly outputIn: RegExp
}

const JS = '\\.(js|cjs|mjs|ts|cts|mts)$'

/** Those that use another one of the list come first: Astro and many others have Vite inside. */
const KINDS: readonly Kind[] = [
  {
    generator: 'next',
    name: 'Next.js',
    dependency: 'next',
    settings: new RegExp(`^next\\.config${JS}`),
    command: 'next build',
    output: '.next',
    outputIn: /\bdistDir\s*:\s*['"`]([^'"`]+)['"`]/,
  },
  {
    generator: 'astro',
    name: 'Astro',
    dependency: 'astro',
    settings: new RegExp(`^astro\\.config${JS}`),
    command: 'astro build',
    output: 'dist',
    outputIn: /\boutDir\s*:\s*['"`]([^'"`]+)['"`]/,
  },
  {
    generator: 'gatsby',
    name: 'Gatsby',
    dependency: 'gatsby',
    settings: new RegExp(`^gatsby-config${JS}`),
    command: 'gatsby build',
    output: 'public',
    outputIn: /(?!)/,
  },
  {
    generator: 'eleventy',
    name: 'Eleventy',
    dependency: '@11ty/eleventy',
    settings: new RegExp(`^(\\.eleventy\\.js$|eleventy\\.config${JS})`),
    command: 'eleventy',
    output: '_site',
    outputIn: /(?:\boutput\s*:\s*|setOutputDirectory\(\s*)['"`]([^'"`]+)['"`]/,
  },
  {
    generator: 'hugo',
    name: 'Hugo',
    dependency: null,
    settings: /^(hugo\.(toml|ya?ml|json)|config\.toml|archetypes)$/,
    command: 'hugo',
    output: 'public',
    outputIn: /["']?publishDir["']?\s*[=:]\s*["']?([^"'\s]+)/i,
  },
  {
    generator: 'vite',
    name: 'Vite',
    dependency: 'vite',
    settings: new RegExp(`^vite\\.config${JS}`),
    command: 'vite build',
    output: 'dist',
    outputIn: /\boutDir\s*:\s*['"`]([^'"`]+)['"`]/,
  },
]

/** How a project is built, from what lies in its folder. Nothing of it is run. */
export function detect(project: ProjectFiles): Detection {
  const { names, texts, packages } = project
  const depends = { ...packages?.dependencies, ...packages?.devDependencies }
  const script = packages?.scripts?.['build']
  const netlify = readNetlifyToml(texts.get('netlify.toml') ?? '')
  const found = KINDS.flatMap((kind) => {
    const settings = names.find((name) => kind.settings.test(name))
    const dependency = kind.dependency !== null && kind.dependency in depends ? kind.dependency : null
    return settings === undefined && dependency === null ? [] : [{ kind, settings, dependency }]
  })
  const [chosen] = found
  if (!chosen) return byCommand(script, netlify, names)
  const { kind, settings, dependency } = chosen
  const text = settings === undefined ? '' : (texts.get(settings) ?? '')
  const exports = kind.generator === 'next' && /\boutput\s*:\s*['"`]export['"`]/.test(text)
  const own = kind.outputIn.exec(text)?.[1]?.replace(/^\.\//, '').replace(/\/$/, '')
  // The static export writes to its own folder, unless that is named.
  const output = own ?? (exports ? 'out' : kind.output)
  const because = [
    settings === undefined ? `package.json depends on ${dependency}` : `there is ${settings}`,
    ...(exports ? ["its output is 'export'"] : kind.generator === 'next' ? ['its pages are kept by its own server (ISR)'] : []),
    ...(script === undefined ? [] : [`package.json has a build script (${script})`]),
  ]
  return {
    generator: exports ? 'next-export' : kind.generator,
    name: exports ? 'Next.js, static export' : kind.name,
    command: netlify.command ?? (script === undefined ? kind.command : `${managerOf(names)} run build`),
    outputFolder: kind.generator === 'next' && !exports ? output : (netlify.publish ?? output),
    dropHtml: kind.generator === 'next' && !/\btrailingSlash\s*:\s*true/.test(text),
    reason: sentence(because),
  }
}

function byCommand(script: string | undefined, netlify: ReturnType<typeof readNetlifyToml>, names: readonly string[]): Detection {
  const output = netlify.publish ?? ['dist', 'build', '_site', 'public', 'out'].find((name) => names.includes(name)) ?? 'dist'
  const command = netlify.command ?? (script === undefined ? '' : `${managerOf(names)} run build`)
  const because =
    netlify.command !== null
      ? ['netlify.toml names the command']
      : script !== undefined
        ? [`package.json has a build script (${script})`]
        : []
  return {
    generator: 'command',
    name: 'A command',
    command,
    outputFolder: output,
    dropHtml: false,
    reason:
      because.length > 0 ? sentence(because) : 'Nothing in this folder says how it is built, so the command has to be entered.',
  }
}

function managerOf(names: readonly string[]): string {
  if (names.includes('pnpm-lock.yaml')) return 'pnpm'
  if (names.includes('yarn.lock')) return 'yarn'
  return names.includes('bun.lock') || names.includes('bun.lockb') ? 'bun' : 'npm'
}

function sentence(parts: readonly string[]): string {
  const [first = '', ...rest] = parts
  const text = rest.length === 0 ? first : `${[first, ...rest.slice(0, -1)].join(', ')}, and ${rest.at(-1)}`
  const because = `Because ${text}.`
  return because.length > 400 ? `${because.slice(0, 400)}…` : because
}
