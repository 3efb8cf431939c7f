import type { Generator } from '#shared/local-project.ts'
import { joinPath } from '#main/platform/folders.ts'
import { kindOfPath, walkFiles } from '#main/platform/local-files.ts'

export interface OutputFile {
  /** Absolute. */
  readonly from: string
  /** Where it belongs in the release, with `/`. */
  readonly file: string
  readonly sizeBytes: number
}

/** What configures a host and is served by none. */
const NOT_SERVED = new Set(['_redirects', '_headers', 'netlify.toml'])
/** What a static export of Next.js makes for itself: the page behind its 404.html. */
const OF_NEXT = /^_not-found(\/|\.)/

/** The files that a build has made for visitors. */
export async function* outputFiles(
  project: { readonly folder: string; readonly outputFolder: string; readonly generator: Generator },
  signal: AbortSignal,
): AsyncGenerator<OutputFile> {
  const output = joinPath(project.folder, project.outputFolder)
  if (project.generator === 'next') return yield* nextFiles(project.folder, output, signal)
  for await (const { path, sizeBytes } of walkFiles(output, signal)) {
    if (!NOT_SERVED.has(path) && !(project.generator === 'next-export' && OF_NEXT.test(path)))
      yield { from: joinPath(output, path), file: path, sizeBytes }
  }
}

/**
 * What Next.js has rendered ahead of time: pages and their data as its server keeps them, assets, and `public`. Source: the
 * layout of `.next` as `next build` 16 writes it; pages that are rendered on demand are not among it.
 */
async function* nextFiles(folder: string, output: string, signal: AbortSignal): AsyncGenerator<OutputFile> {
  const parts: readonly (readonly [string, (path: string) => string | null])[] = [
    [joinPath(folder, 'public'), (path) => path],
    [joinPath(output, 'static'), (path) => `_next/static/${path}`],
    [joinPath(output, 'server', 'pages'), (path) => (path.endsWith('.html') ? path : null)],
    [joinPath(output, 'server', 'app'), appFile],
  ]
  for (const [part, place] of parts) {
    if ((await kindOfPath(part)) !== 'folder') continue
    for await (const { path, sizeBytes } of walkFiles(part, signal)) {
      const file = place(path)
      if (file !== null) yield { from: joinPath(part, path), file, sizeBytes }
    }
  }
}

/** Pages, their data for navigation (`.rsc`), and bodies of routes such as `feed.xml`. */
function appFile(path: string): string | null {
  if (path === '_not-found.html') return '404.html'
  if (path.startsWith('_not-found') || path.startsWith('_global-error') || path.includes('.segments/')) return null
  if (path.endsWith('.body')) return path.slice(0, -'.body'.length)
  return path.endsWith('.html') || path.endsWith('.rsc') ? path : null
}
