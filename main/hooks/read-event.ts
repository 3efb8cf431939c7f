import type { HookEvent } from '#shared/hook-rules.ts'
import type { SourceKind } from '#shared/hook-sources.ts'
import { valuesAt } from './payload.ts'

/** What a delivery says, in the same words for all senders. */
export interface EventFacts {
  readonly event: HookEvent
  /** As the sender names it. */
  readonly rawEvent: string
  /** The content type, the collection or the branch. */
  readonly type: string | null
  readonly contentId: string | null
  /** The same for a change that was delivered and for one that was found by asking; null: that cannot be told. */
  readonly changeKey: string | null
  readonly payload: unknown
}

type Headers = ReadonlyMap<string, string>
type Read = (headers: Headers, payload: unknown) => Omit<EventFacts, 'payload'>

const first = (payload: unknown, ...paths: string[]): string | null =>
  paths.flatMap((path) => valuesAt(payload, path)).at(0) ?? null

const READERS: Readonly<Record<SourceKind, Read>> = {
  contentful(headers, payload) {
    const topic = headers.get('x-contentful-topic') ?? ''
    const environment = first(payload, 'sys.environment.sys.id')
    const id = first(payload, 'sys.id')
    const event = wordFor(topic.split('.').at(-1) ?? '')
    const contentId = id === null ? null : `${environment ?? ''}/${id}`
    const revision = first(payload, 'sys.revision')
    return {
      event,
      rawEvent: topic,
      type: first(payload, 'sys.contentType.sys.id'),
      contentId,
      changeKey: event === 'published' && contentId !== null && revision !== null ? `${contentId}@${revision}` : null,
    }
  },
  sanity(headers, payload) {
    const operation = headers.get('sanity-operation') ?? ''
    const contentId = headers.get('sanity-document-id') ?? first(payload, '_id')
    const transaction = headers.get('sanity-transaction-id')
    return {
      // Drafts are not sent unless they are asked for: what changes is what is published.
      event: operation === 'delete' ? 'deleted' : operation === '' ? 'other' : 'published',
      rawEvent: operation,
      type: first(payload, '_type'),
      contentId,
      changeKey: operation !== 'delete' && contentId !== null && transaction !== undefined ? `${contentId}@${transaction}` : null,
    }
  },
  github(headers, payload) {
    const event = headers.get('x-github-event') ?? ''
    const branch = first(payload, 'ref')?.replace(/^refs\/(heads|tags)\//, '') ?? null
    const [ref, before, after] = ['ref', 'before', 'after'].map((path) => first(payload, path) ?? '')
    const changeKey = event === 'push' && after !== '' ? `${ref}@${before}..${after}` : null
    return { event: event === 'push' ? 'pushed' : 'other', rawEvent: event, type: branch, contentId: null, changeKey }
  },
  hmac: readOther,
  header: readOther,
}

/** Strapi (`event`, `model`, `entry`), Payload by our snippet (`operation`, `collection`), and what is like them. */
function readOther(headers: Headers, payload: unknown): ReturnType<Read> {
  const raw =
    headers.get('x-strapi-event') ?? headers.get('x-event') ?? first(payload, 'event', 'operation', 'action', 'type') ?? ''
  const draft = first(payload, '_status') === 'draft'
  const word = wordFor(raw.split('.').at(-1) ?? '')
  const operation = first(payload, 'operation') !== null
  return {
    event: draft && word !== 'deleted' ? 'saved' : operation && (word === 'created' || word === 'saved') ? 'published' : word,
    rawEvent: raw,
    type: first(payload, 'model', 'collection', 'uid', 'global', '_type'),
    contentId: first(payload, 'entry.documentId', 'entry.id', 'id', '_id', 'story_id', 'full_slug'),
    changeKey: null,
  }
}

const WORDS: Readonly<Record<string, HookEvent>> = {
  publish: 'published',
  published: 'published',
  unpublish: 'unpublished',
  unpublished: 'unpublished',
  archive: 'unpublished',
  delete: 'deleted',
  deleted: 'deleted',
  save: 'saved',
  auto_save: 'saved',
  update: 'saved',
  updated: 'saved',
  create: 'created',
  created: 'created',
  push: 'pushed',
}

function wordFor(raw: string): HookEvent {
  return Object.hasOwn(WORDS, raw) ? (WORDS[raw] ?? 'other') : 'other'
}

/** Reads a stored delivery. Throws a `SyntaxError` when its body is no JSON. */
export function readEvent(kind: SourceKind, headers: Headers, body: Uint8Array): EventFacts {
  const text = new TextDecoder().decode(body)
  const form = (headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded')
  // GitHub can send its JSON as the field of a form.
  const json = form ? (new URLSearchParams(text).get('payload') ?? '') : text
  const payload: unknown = json.trim() === '' ? {} : JSON.parse(json)
  return { ...READERS[kind](headers, payload), payload }
}
