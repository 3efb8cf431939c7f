import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Ask, AskedChange, Asking } from './ask.ts'
import { askJson, type VendorWords } from './ask-json.ts'

const API = 'https://api.github.com'
const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' }
const PER_PAGE = 100
/** A repository with more pushes than these pages hold is told of as far as they reach. */
const MOST_PAGES = 10
/** Each push is asked for its files: fewer at a time, so that a limit of the vendor loses none. */
const AT_ONCE = 20
const NOTHING = /^0+$/

const Activity = z.object({
  id: z.number(),
  before: z.string(),
  after: z.string(),
  ref: z.string(),
  timestamp: z.iso.datetime(),
})
type Activity = z.infer<typeof Activity>
const Compared = z.object({
  files: z.array(z.object({ filename: z.string(), status: z.string(), previous_filename: z.string().optional() })).default([]),
})
/** The newest push that was read. */
const Cursor = z.object({ id: z.number(), at: z.string() })

/** GitHub's list of a repository's activity, and for each push the files between its two commits. */
export const askGithub: Ask<'github'> = async ({ repository, apiUrl }, asking) => {
  const cursor = asking.cursor === null ? null : Cursor.parse(JSON.parse(asking.cursor))
  const base = `${apiUrl ?? API}/repos/${repository}`
  const vendor = {
    name: 'GitHub',
    what: `the repository ${repository}`,
    tokenFix: 'Make a fine-grained token that may read its contents, and save it here.',
  }
  const newestFirst = await activitySince(asking, vendor, base, cursor)
  if (cursor === null) {
    const [newest] = newestFirst
    const reached = { id: newest?.id ?? 0, at: newest?.timestamp ?? new Date(0).toISOString() }
    return { changes: [], known: [], cursor: JSON.stringify(reached), more: false }
  }
  const some = newestFirst.toReversed().slice(0, AT_ONCE)
  const changes: AskedChange[] = []
  for (const push of some) changes.push(await toChange(asking, vendor, base, repository, push))
  const last = some.at(-1)
  return {
    changes,
    known: [],
    cursor: JSON.stringify(last ? { id: last.id, at: last.timestamp } : cursor),
    more: newestFirst.length > some.length,
  }
}

async function activitySince(asking: Asking, vendor: VendorWords, base: string, cursor: z.infer<typeof Cursor> | null) {
  const found: Activity[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const url = new URL(`${base}/activity`)
    url.searchParams.set('per_page', String(cursor === null ? 1 : PER_PAGE))
    if (after !== null) url.searchParams.set('after', after)
    const { value, answer } = await askJson(asking, vendor, url, z.array(Activity), { headers: HEADERS })
    const known = cursor === null ? -1 : value.findIndex((one) => isKnown(one, cursor))
    found.push(...(known === -1 ? value : value.slice(0, known)))
    const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
    after = next === undefined ? null : (URL.parse(next)?.searchParams.get('after') ?? null)
    if (cursor === null || known !== -1 || after === null) break
  }
  return found
}

const isKnown = (one: Activity, cursor: z.infer<typeof Cursor>): boolean =>
  one.id === cursor.id || Date.parse(one.timestamp) < Date.parse(cursor.at)

async function toChange(
  asking: Asking,
  vendor: VendorWords,
  base: string,
  repository: string,
  { before, after, ref, timestamp }: Activity,
): Promise<AskedChange> {
  const files = NOTHING.test(before) || NOTHING.test(after) ? [] : await filesBetween(asking, vendor, base, before, after)
  const named = (...statuses: string[]) => files.flatMap((one) => (statuses.includes(one.status) ? [one.filename] : []))
  const commit = {
    id: after,
    added: named('added', 'renamed', 'copied'),
    modified: named('modified', 'changed'),
    removed: [
      ...named('removed'),
      ...files.flatMap((one) => (one.status === 'renamed' && one.previous_filename !== undefined ? [one.previous_filename] : [])),
    ],
  }
  return {
    headers: [['x-github-event', 'push']],
    body: { ref, before, after, repository: { full_name: repository }, commits: files.length === 0 ? [] : [commit] },
    changedAtMs: Date.parse(timestamp),
  }
}

async function filesBetween(asking: Asking, vendor: VendorWords, base: string, before: string, after: string) {
  const url = new URL(`${base}/compare/${encodeURIComponent(before)}...${encodeURIComponent(after)}`)
  try {
    return (await askJson(asking, vendor, url, Compared, { headers: HEADERS })).value.files
  } catch (error) {
    // After a forced push the commit before may be gone; that something was pushed is still so.
    if (error instanceof AppError && error.code === 'NOT_FOUND') return []
    throw error
  }
}
