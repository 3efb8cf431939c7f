import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Ask, AskedChange, Asking } from './ask.ts'
import { askJson, type VendorWords } from './ask-json.ts'

const API_VERSION = 'v2025-02-19'
const AT_ONCE = 200
const IDS_AT_ONCE = 1_000
/** What was changed at nearly the same time may be found a little later; what is found twice is not taken twice. */
const OVERLAP_MS = 60_000
/** Ids have letters, digits, dots, hyphens and underscores. */
const AFTER_ALL_IDS = '~'
/** Fewer may well be deleted between two askings. */
const MANY_GONE = 20

const Found = z.object({
  result: z.array(z.object({ _id: z.string(), _rev: z.string(), _updatedAt: z.iso.datetime(), body: z.unknown() })),
})
const There = z.object({ result: z.array(z.string()) })
/**
 * Everything up to the instant `at` was read, and at it everything up to `id`; `id` is null between two askings. `floor` is
 * where the first one ended: what is older is no change.
 */
const Cursor = z.object({ at: z.string(), id: z.string().nullable(), floor: z.string().nullable() })
type Cursor = z.infer<typeof Cursor>
const BEGINNING: Cursor = { at: '1970-01-01T00:00:00Z', id: '', floor: null }

/** Sanity's queries: documents by when they were changed, then which known ones are there no more. Drafts are left out. */
export const askSanity: Ask<'sanity'> = async ({ project, dataset, filter, projection, apiUrl }, asking) => {
  const { at, id, floor } = asking.cursor === null ? BEGINNING : Cursor.parse(JSON.parse(asking.cursor))
  const url = new URL(`${apiUrl ?? `https://${project}.api.sanity.io`}/${API_VERSION}/data/query/${dataset}`)
  url.searchParams.set('perspective', 'published')
  const vendor = {
    name: 'Sanity',
    what: `the dataset ${dataset} of the project ${project}`,
    tokenFix: 'Make a token with the role Viewer in sanity.io/manage, API → Tokens, and save it here.',
  }
  const since = id === null ? later(floor, new Date(Date.parse(at) - OVERLAP_MS).toISOString()) : at
  const query = `*[(_updatedAt > $since || (_updatedAt == $since && _id > $id)) && !(_id in path("drafts.**")) && !(_id in path("versions.**")) && !(_id in path("_.**"))${filter === '' ? '' : ` && (${filter})`}] | order(_updatedAt asc, _id asc)[0...${AT_ONCE}]{_id, _rev, _updatedAt, "body": ${projection}}`
  const params = { since, id: id ?? (since === floor ? AFTER_ALL_IDS : '') }
  const { result } = (await askJson(asking, vendor, url, Found, { method: 'POST', json: { query, params } })).value
  const found = result.map(({ _id, _rev, _updatedAt, body }): AskedChange => ({
    headers: [
      ['sanity-operation', 'update'],
      ['sanity-document-id', _id],
      ['sanity-transaction-id', _rev],
    ],
    body,
    changedAtMs: Date.parse(_updatedAt),
  }))
  const last = result.at(-1)
  const more = result.length === AT_ONCE
  const gone = more ? [] : await findGone(asking, vendor, url, floor === null)
  const reached = last ? later(at, last._updatedAt) : at
  const cursor: Cursor =
    more && last ? { at: last._updatedAt, id: last._id, floor } : { at: reached, id: null, floor: floor ?? reached }
  const all = [...found, ...gone]
  return { changes: floor === null ? [] : all, known: floor === null ? all : [], cursor: JSON.stringify(cursor), more }
}

/** Documents that were there before and are not any more. */
async function findGone(asking: Asking, vendor: VendorWords, url: URL, first: boolean): Promise<AskedChange[]> {
  // Drafts are not shown, and without a token nothing with a dot in its id is.
  const shown = (id: string) => !/^(drafts|versions)\./.test(id) && (asking.token !== null || !id.includes('.'))
  const known = asking.knownIds().filter(shown)
  const gone: string[] = []
  for (let from = 0; from < known.length; from += IDS_AT_ONCE) {
    const ids = known.slice(from, from + IDS_AT_ONCE)
    const json = { query: '*[_id in $ids]._id', params: { ids } }
    const there = new Set((await askJson(asking, vendor, url, There, { method: 'POST', json })).value.result)
    gone.push(...ids.filter((id) => !there.has(id)))
  }
  if (!first && gone.length > MANY_GONE && gone.length > known.length / 2)
    throw new AppError(
      'PROVIDER_REFUSED',
      `Sanity shows ${known.length - gone.length} of the ${known.length} documents that were there before. Its token may not see them any more, so none was taken for deleted.`,
      {
        field: 'token',
        fix: 'Save the reading access again, with a token that sees them; if they were deleted, with the same one.',
      },
    )
  return gone.map((id) => ({
    headers: [
      ['sanity-operation', 'delete'],
      ['sanity-document-id', id],
    ],
    body: { _id: id },
    // When it went is not told; what was rendered before now may still have it.
    changedAtMs: asking.nowMs,
  }))
}

const later = (one: string | null, other: string): string => (one !== null && Date.parse(one) > Date.parse(other) ? one : other)
