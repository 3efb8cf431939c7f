import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Ask, AskedChange } from './ask.ts'
import { askJson } from './ask-json.ts'

const API = 'https://cdn.contentful.com'
/** An answer of Contentful has at most 7 MB. */
const AT_ONCE = '250'

const Item = z.looseObject({
  sys: z.looseObject({
    type: z.string(),
    id: z.string(),
    updatedAt: z.string().optional(),
    deletedAt: z.string().optional(),
  }),
})
const Synced = z.object({ items: z.array(Item), nextPageUrl: z.string().optional(), nextSyncUrl: z.string().optional() })
/** `first`: what is there is being read, and is no change. */
const Cursor = z.object({ syncToken: z.string(), first: z.boolean() })

const TOPICS: Readonly<Record<string, string>> = {
  Entry: 'ContentManagement.Entry.publish',
  Asset: 'ContentManagement.Asset.publish',
  // What is deleted was unpublished before, and from outside both look alike.
  DeletedEntry: 'ContentManagement.Entry.unpublish',
  DeletedAsset: 'ContentManagement.Asset.unpublish',
}

/** Contentful's Sync API: a token stands for what was read, and the next answer has only what was published or went since. */
export const askContentful: Ask<'contentful'> = async ({ space, environment, apiUrl }, asking) => {
  const cursor = asking.cursor === null ? null : Cursor.parse(JSON.parse(asking.cursor))
  const url = new URL(`${apiUrl ?? API}/spaces/${space}/environments/${environment}/sync`)
  if (cursor === null) {
    url.searchParams.set('initial', 'true')
    url.searchParams.set('limit', AT_ONCE)
  } else url.searchParams.set('sync_token', cursor.syncToken)
  const vendor = {
    name: 'Contentful',
    what: `the environment ${environment} of the space ${space}`,
    tokenFix: 'Make a delivery token in Settings → API keys, and save it here.',
  }
  const { value } = await askJson(asking, vendor, url, Synced)
  const first = cursor?.first ?? true
  const changes = value.items.flatMap((item) => toChange(item, asking.nowMs))
  // Only the token of the next address is used: the delivery token goes nowhere else than the owner said.
  const next = URL.parse(value.nextPageUrl ?? value.nextSyncUrl ?? '')?.searchParams.get('sync_token')
  const more = value.nextPageUrl !== undefined
  if (next === null || next === undefined)
    throw new AppError('PROVIDER_REFUSED', 'The answer of Contentful does not say how far it reaches.', {
      fix: 'Check that the address belongs to its Content Delivery API.',
    })
  const reached = JSON.stringify({ syncToken: next, first: first && more })
  return { changes: first ? [] : changes, known: first ? changes : [], cursor: reached, more }
}

function toChange(item: z.infer<typeof Item>, nowMs: number): AskedChange[] {
  const topic = Object.hasOwn(TOPICS, item.sys.type) ? TOPICS[item.sys.type] : undefined
  if (topic === undefined) return []
  const at = Date.parse(item.sys.deletedAt ?? item.sys.updatedAt ?? '')
  return [{ headers: [['x-contentful-topic', topic]], body: item, changedAtMs: Number.isNaN(at) ? nowMs : at }]
}
