import { countOf } from '#shared/count-of.ts'
import * as z from 'zod'
import { canonicalPage } from '#shared/page-identity.ts'
import { AppError } from '#shared/errors.ts'
import { joinPath } from '#main/platform/files.ts'
import { kindOfPath, readWholeText, walkFiles } from '#main/platform/local-files.ts'
import type { Raw } from '#main/platform/database.ts'
import { createPageTaker, type TakeContext, type ZoneRef } from './page-taker.ts'
import type { FindReport, FindResult } from './sources.ts'

export interface NextInput {
  readonly siteId: string
  readonly zones: readonly ZoneRef[]
  readonly zoneId: number
  /** The project, its `.next`, or the manifest itself. */
  readonly path: string
}

export interface NextContext extends TakeContext {
  tagWriter(db: Raw, siteId: string): (pageId: number, source: 'in_manifest', tags: readonly string[]) => void
}

const MANIFEST_BYTES_AT_MOST = 67_108_864
const META_BYTES_AT_MOST = 1_048_576
const TAGS_HEADER = 'x-next-cache-tags'

const Headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
/** What we read of it. `preview` holds secrets that open drafts; everything that is not named here is left behind. */
const Manifest = z.object({
  version: z.number(),
  routes: z.record(
    z.string(),
    z.object({
      initialRevalidateSeconds: z.union([z.number(), z.literal(false)]).optional(),
      initialHeaders: Headers.optional(),
    }),
  ),
  dynamicRoutes: z
    .record(
      z.string(),
      z.object({
        fallback: z.union([z.string(), z.literal(false), z.null()]).optional(),
        fallbackRevalidate: z.union([z.number(), z.literal(false)]).optional(),
      }),
    )
    .default({}),
})
const Meta = z.object({ headers: Headers.optional() })

/**
 * Takes the pages that a Next.js build rendered beforehand, with their tags, and says which routes render more on demand.
 * Source: `prerender-manifest.json` as written by Next.js 13 to 16 (version 4).
 */
export async function findInNext(
  context: NextContext,
  input: NextInput,
  report: FindReport,
  signal: AbortSignal,
): Promise<FindResult> {
  const { folder, file } = await locate(input.path)
  const manifest = readManifest(await readWholeText(file, MANIFEST_BYTES_AT_MOST, signal))
  const taker = createPageTaker(context, { ...input, by: 'next', pathsInZone: input.zoneId })
  if (manifest.version !== 4)
    taker.problem(`The manifest has version ${manifest.version}; Frostline knows 4. Look whether every route is here.`)
  const tagged = new Map<string, string[]>()
  for (const [route, { initialHeaders }] of Object.entries(manifest.routes)) {
    // Parts of the page's data are in the list too, and files such as icons.
    if (/\.(rsc|json|body|segment|ico|png|svg|txt|xml)$/.test(route) || route.startsWith('/_')) continue
    const page = taker.take(route, { field: 'routes' })
    const tags = tagsOf(initialHeaders)
    if (page && tags.length > 0) tagged.set(page.path, tags)
    await taker.pause()
  }
  const zone = input.zones.find(({ id }) => id === input.zoneId)
  const rules = context.readPageRules(context.db, input.siteId)
  const pathOf = (route: string) => canonicalPage((zone?.url ?? '') + route, rules)?.path ?? route
  if (folder !== null) await readMetas(joinPath(folder, 'server', 'app'), pathOf, tagged, report, signal)
  const onDemand = Object.entries(manifest.dynamicRoutes).filter(([, route]) => route.fallback !== false)
  if (onDemand.length > 0) {
    const some = onDemand
      .slice(0, 3)
      .map(([route, { fallbackRevalidate: seconds }]) => (seconds ? `${route}, every ${seconds} s` : route))
    taker.problem(
      `${countOf(onDemand.length, 'route renders', 'routes render')} further pages on demand (${some.join('; ')}${onDemand.length > 3 ? ' …' : ''}): find those by the sitemap.`,
    )
  }
  const result = taker.finish()
  writeTags(context, input, tagged)
  return result
}

async function locate(path: string): Promise<{ folder: string | null; file: string }> {
  if ((await kindOfPath(path)) === 'file') return { folder: null, file: path }
  for (const folder of [path, joinPath(path, '.next')]) {
    const file = joinPath(folder, 'prerender-manifest.json')
    if ((await kindOfPath(file)) === 'file') return { folder, file }
  }
  throw new AppError('NOT_FOUND', `There is no prerender-manifest.json in ${path} or in its .next folder.`, {
    field: 'source.path',
    fix: 'Run next build first, then give the project folder, its .next folder or the file itself.',
  })
}

/** Errors never repeat a value: beside the routes, the file holds secrets. */
function readManifest(text: string): z.infer<typeof Manifest> {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // Told below, without the parser's words: they may quote the file.
  }
  const read = Manifest.safeParse(value)
  if (read.success) return read.data
  const where =
    value === null ? 'it is not JSON' : `${read.error.issues[0]?.path.join('.') || 'its outermost part'} is not as expected`
  throw new AppError('BAD_INPUT', `This prerender manifest cannot be read: ${where}.`, {
    field: 'source.path',
    fix: 'Build the project again, with Next.js 13 or newer.',
  })
}

async function readMetas(
  folder: string,
  pathOf: (route: string) => string,
  tagged: Map<string, string[]>,
  report: FindReport,
  signal: AbortSignal,
): Promise<void> {
  if ((await kindOfPath(folder)) !== 'folder') return
  let files = 0
  for await (const { path, sizeBytes } of walkFiles(folder, signal)) {
    if (!path.endsWith('.meta') || sizeBytes > META_BYTES_AT_MOST) continue
    files += 1
    if (files % 500 === 0) report({ done: files, note: `${countOf(files, 'meta file')} read` })
    const tags = tagsOf(readMeta(await readWholeText(joinPath(folder, path), META_BYTES_AT_MOST, signal)))
    const route = `/${path.slice(0, -'.meta'.length)}`
    if (tags.length > 0) tagged.set(pathOf(route === '/index' ? '/' : route), tags)
  }
}

function readMeta(text: string): z.infer<typeof Headers> | undefined {
  try {
    return Meta.safeParse(JSON.parse(text)).data?.headers
  } catch {
    return undefined
  }
}

/** Tags that Next.js gives every route by itself (`_N_T_/…`) only repeat its path. */
function tagsOf(headers: z.infer<typeof Headers> | undefined): string[] {
  const value = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === TAGS_HEADER)?.[1] ?? ''
  const all = (Array.isArray(value) ? value.join(',') : value).split(',').map((tag) => tag.trim())
  return all.filter((tag) => tag !== '' && !tag.startsWith('_N_T_'))
}

function writeTags(context: NextContext, input: NextInput, tagged: ReadonlyMap<string, readonly string[]>): void {
  const { db } = context
  const find = db.prepare<[number, string], { id: number }>('SELECT id FROM pages WHERE zone_id = ? AND path = ?')
  const write = context.tagWriter(db, input.siteId)
  const all = [...tagged]
  for (let at = 0; at < all.length; at += 1_000) {
    db.transaction(() => {
      for (const [path, tags] of all.slice(at, at + 1_000)) {
        const page = find.get(input.zoneId, path)
        if (page) write(page.id, 'in_manifest', tags)
      }
    }).immediate()
  }
}
