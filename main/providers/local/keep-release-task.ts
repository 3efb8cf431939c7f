import { lookup } from 'mrmime'
import type { Generator } from '#shared/local-project.ts'
import { AppError } from '#shared/errors.ts'
import { dirname, hashFile, joinPath, keepFile, linkFile, makeFolder, moveTo, removeTree } from '#main/platform/folders.ts'
import { readWholeText } from '#main/platform/local-files.ts'
import { writePrivateFile } from '#main/platform/private-file.ts'
import { readNetlifyToml } from './netlify-toml.ts'
import { outputFiles, type OutputFile } from './output-files.ts'
import { readRedirectsFile } from './redirects-file.ts'
import { createReleaseStore, DESCRIPTION, FILES, PARTIAL, type StoredRelease } from './release-store.ts'

export interface KeepInput {
  readonly project: { readonly folder: string; readonly outputFolder: string; readonly generator: Generator }
  readonly dropHtml: boolean
  /** Of the site's zones, with their ports; the first is the home of what names no other. */
  readonly hosts: readonly string[]
  /** Where the releases of this site are. */
  readonly releasesFolder: string
  readonly id: string
  readonly title: string
  readonly startedAtMs: number
  /** What is the same in this one is not stored twice. */
  readonly previousId: string | null
}

export interface Kept {
  readonly pages: number
  readonly files: number
  /** Files that the previous release has too. */
  readonly unchanged: number
  readonly problems: readonly string[]
}

/** How a page names its tags is the panel's to say, not the builder's. */
export interface KeepWorld {
  htmlTags(body: Buffer): string[]
}

const AT_ONCE = 16
const HTML = /\.html?$/i
const MOST_BYTES = 5_000_000

/** Makes what a build has written an immutable release: all of it, or nothing. Runs on the work thread. Throws `AppError`. */
export async function keepRelease(
  world: KeepWorld,
  input: KeepInput,
  report: (progress: { readonly done: number }) => void,
  signal: AbortSignal,
): Promise<Kept> {
  const store = createReleaseStore(input.releasesFolder)
  const target = store.folderOf(input.id)
  const draft = target + PARTIAL
  await removeTree(draft)
  await makeFolder(joinPath(draft, FILES))
  const previous = input.previousId === null ? null : await store.read(input.previousId).catch(() => null)
  const before = new Map(previous?.files.map(({ file, hash }) => [file, hash]))
  const previousFiles = previous === null ? '' : joinPath(store.folderOf(previous.id), FILES)
  const made = new Set<string>()
  const files: StoredRelease['files'] = []
  let unchanged = 0

  async function keep(output: OutputFile): Promise<void> {
    const to = joinPath(draft, FILES, output.file)
    const { hash, bytes } = await hashFile(output.from, output.sizeBytes)
    const parent = dirname(to)
    if (!made.has(parent)) await makeFolder(parent)
    made.add(parent)
    if (before.get(output.file) === hash) {
      await linkFile(joinPath(previousFiles, output.file), to)
      unchanged += 1
    } else await keepFile(output.from, to)
    const isPage = HTML.test(output.file)
    files.push({
      ...addressOf(output.file, input),
      file: output.file,
      hash,
      type: isPage ? 'text/html' : (lookup(output.file) ?? 'application/octet-stream'),
      sizeBytes: output.sizeBytes,
      tags: isPage && bytes !== null ? world.htmlTags(bytes) : [],
    })
  }

  let waiting: OutputFile[] = []
  const flush = async () => {
    await Promise.all(waiting.map(keep))
    waiting = []
    report({ done: files.length })
  }
  for await (const output of outputFiles(input.project, signal)) {
    waiting.push(output)
    if (waiting.length === AT_ONCE) await flush()
  }
  await flush()
  const pages = files.filter(({ type }) => type === 'text/html').length
  if (pages === 0) throw noPages(input)
  const { rules, problems } = await readRules(input.project, signal)
  const release: StoredRelease = {
    id: input.id,
    title: input.title,
    startedAtMs: input.startedAtMs,
    files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    redirects: rules.map(({ query, conditions = [], ...rule }) => ({
      ...rule,
      ...(query ? { query } : {}),
      ...(conditions.length > 0 ? { conditions: [...conditions] } : {}),
    })),
    problems: [...problems],
  }
  await writePrivateFile(joinPath(draft, DESCRIPTION), JSON.stringify(release))
  signal.throwIfAborted()
  await moveTo(draft, target)
  return { pages, files: files.length, unchanged, problems }
}

/** Rules of `_redirects` come before those of `netlify.toml`. Source: Netlify docs, "Redirects and rewrites". */
async function readRules({ folder, outputFolder }: KeepInput['project'], signal: AbortSignal) {
  const text = (file: string) => readWholeText(file, MOST_BYTES, signal).catch(() => '')
  const own = readRedirectsFile(await text(joinPath(folder, outputFolder, '_redirects')))
  const netlify = readNetlifyToml(await text(joinPath(folder, 'netlify.toml')))
  return { rules: [...own.rules, ...netlify.rules], problems: [...own.problems, ...netlify.problems] }
}

/** A build of several zones has a folder for each, by its host. A file's name may hold a `?` or a `%` of its own. */
function addressOf(file: string, { hosts, dropHtml }: KeepInput): { host: string; path: string } {
  const [top = '', ...below] = file.split('/')
  const ofZone = below.length > 0 ? hosts.find((host) => host === top || host.split(':', 1)[0] === top) : undefined
  const path = `/${(ofZone === undefined ? [top, ...below] : below).map(encodeURIComponent).join('/')}`
  const host = ofZone ?? hosts[0] ?? ''
  if (path.endsWith('/index.html')) return { host, path: path.slice(0, -'index.html'.length) }
  return { host, path: dropHtml ? path.replace(/\.html$/i, '') : path }
}

function noPages({ project }: KeepInput): AppError {
  return new AppError(
    'NOT_FOUND',
    `The build ended well, but ${joinPath(project.folder, project.outputFolder)} has no page in it.`,
    {
      field: 'builder.outputFolder',
      fix: 'Enter the folder that the build writes its HTML files to.',
      retryable: false,
    },
  )
}
