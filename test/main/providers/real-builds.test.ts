import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findProgram, loginPath } from '#main/platform/login-shell.ts'
import { detect } from '#main/providers/local/detect.ts'
import { readProject } from '#main/providers/local/read-project.ts'
import type { Builder, Manifest } from '#main/providers/builder.ts'
import { buildOnce, localBuilds, localSettings, logOf, writeProject } from '../../support/local-project.ts'

// Real generators with 1,000 pages each. Programs of npm come from our own packages, Hugo from the system.
const root = fileURLToPath(new URL('../../..', import.meta.url))
const PAGES = 1_000
const hugo = await findProgram('hugo', await loginPath(), root)
if (hugo === null) console.warn('Hugo is not installed, so its builds are not tested: apt install hugo')

let folder: string
const stop = new AbortController()
beforeAll(() => {
  mkdirSync(join(root, 'test-results'), { recursive: true })
  folder = mkdtempSync(join(root, 'test-results', 'real-builds-'))
})
afterAll(() => {
  stop.abort()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)

/** A project with its builder, as it is recognised; `program` in place of what the project's own packages would bring. */
async function projectOf(name: string, files: Record<string, string>, program?: string) {
  const place = join(folder, name)
  writeProject(place, files)
  const { generator, command, outputFolder, dropHtml } = detect(await readProject(place, stop.signal))
  const environment = { NEXT_TELEMETRY_DISABLED: '1', PATH: `${join(root, 'node_modules', '.bin')}:${await loginPath()}` }
  const settings = { siteId: name, generator, command: program ?? command, outputFolder, dropHtml, environment }
  return { place, generator, builder: localBuilds(join(folder, 'data'), stop.signal).open(localSettings(place, settings), null) }
}

async function built(builder: Builder): Promise<{ manifest: Manifest; log: string[] }> {
  const build = await buildOnce(builder)
  const log = await logOf(builder, build)
  expect(build, log.join('\n')).toMatchObject({ state: 'succeeded', error: null })
  return { manifest: await builder.manifest(build.release?.manifestUrl ?? ''), log }
}

const pagesOf = ({ files }: Manifest) =>
  new Map(files.filter(({ type }) => type === 'text/html').map((file) => [file.path, file]))
const changedIn = (before: Manifest, after: Manifest) => {
  const old = pagesOf(before)
  return [...pagesOf(after).values()].filter(({ path, hash }) => old.get(path)?.hash !== hash).map(({ path }) => path)
}
const numbered = (text: (at: number) => string, name: (at: number) => string) =>
  Object.fromEntries(Array.from({ length: PAGES }, (_, at) => [name(at), text(at)]))

describe('A real build', { timeout: 240_000 }, () => {
  test('of Eleventy makes a release of 1,000 pages, and a change to one page changes one', async () => {
    const { builder, place, generator } = await projectOf('eleventy', {
      'package.json': '{"private": true, "type": "module", "devDependencies": {"@11ty/eleventy": "3"}}',
      'index.md': '# Home <ssr-cache data-class="pb-menu" data-id="main"></ssr-cache>',
      ...numbered(
        (at) => `# Post ${at}`,
        (at) => `posts/${at}.md`,
      ),
    })
    expect(generator).toBe('eleventy')
    const first = await built(builder)
    expect(pagesOf(first.manifest).size).toBe(PAGES + 1)
    expect(pagesOf(first.manifest).get('/posts/7/')).toMatchObject({ host: 'www.example.com', tags: [] })
    expect(pagesOf(first.manifest).get('/')?.tags).toEqual(['pb-menu:main'])
    writeFileSync(join(place, 'posts/7.md'), '# Post 7, corrected')
    expect(changedIn(first.manifest, (await built(builder)).manifest)).toEqual(['/posts/7/'])
  })

  test.skipIf(hugo === null)('of Hugo makes a release of 1,000 pages, and a change to one page changes one', async () => {
    const { builder, place, generator } = await projectOf('hugo', {
      'hugo.toml': 'baseURL = "https://www.example.com/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]',
      // Releases of Hugo before 0.110 know its settings by their old name only.
      'config.toml': 'baseURL = "https://www.example.com/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]',
      'layouts/_default/single.html': '<h1>{{ .Title }}</h1>',
      'layouts/_default/list.html': '<h1>All</h1>',
      ...numbered(
        (at) => `---\ntitle: Post ${at}\n---\n`,
        (at) => `content/posts/${at}.md`,
      ),
    })
    expect(generator).toBe('hugo')
    const first = await built(builder)
    expect(pagesOf(first.manifest).size).toBe(PAGES + 2)
    writeFileSync(join(place, 'content/posts/7.md'), '---\ntitle: Post 7, corrected\n---\n')
    expect(changedIn(first.manifest, (await built(builder)).manifest)).toEqual(['/posts/7/'])
  })

  const NEXT = {
    'package.json': '{"private": true, "dependencies": {"next": "16"}}',
    'app/layout.js': 'export default function Layout({ children }) { return <html><body>{children}</body></html> }',
    'app/page.js': 'export default function Page() { return <h1>Home</h1> }',
    'public/robots.txt': 'User-agent: *',
  }
  const posts = (count: number) => `
    export const revalidate = 3600
    export function generateStaticParams() { return Array.from({ length: ${count} }, (_, id) => ({ id: String(id) })) }
    export default async function Page({ params }) { return <h1>Post {(await params).id}</h1> }`
  const next = `${process.execPath} ${join(root, 'node_modules/next/dist/bin/next')} build`

  test('of Next.js that is exported makes a release of 1,000 pages, at the addresses that visitors ask for', async () => {
    const settings = `export default { output: 'export', generateBuildId: () => 'always' }`
    const files = { ...NEXT, 'next.config.mjs': settings, 'app/post/[id]/page.js': posts(PAGES) }
    const { builder, generator } = await projectOf('next-export', files, next)
    expect(generator).toBe('next-export')
    const { manifest, log } = await built(builder)
    const pages = pagesOf(manifest)
    expect([...pages.keys()].filter((path) => path.startsWith('/post/'))).toHaveLength(PAGES)
    expect(pages.has('/post/7')).toBe(true)
    expect([...pages.keys()].filter((path) => path.includes('not-found'))).toEqual([])
    expect(manifest.files.some(({ path }) => path.startsWith('/_next/static/'))).toBe(true)
    expect(log.some((line) => line.includes('Generating static pages'))).toBe(true)
  })

  test('of Next.js with its own server has the pages that were rendered ahead, with their data', async () => {
    const { builder, generator } = await projectOf('next-isr', { ...NEXT, 'app/post/[id]/page.js': posts(20) }, next)
    expect(generator).toBe('next')
    const { manifest } = await built(builder)
    const paths = new Set(manifest.files.map(({ path }) => path))
    for (const path of ['/', '/post/7', '/post/7.rsc', '/robots.txt', '/404']) expect(paths).toContain(path)
    expect([...paths].some((path) => path.startsWith('/_next/static/'))).toBe(true)
    expect([...paths].filter((path) => path.includes('segments') || path.includes('not-found'))).toEqual([])
  })
})
