import * as z from 'zod'
import type { RefreshRun, RendererEntry } from '../renderer.ts'

/** The answers of a renderer, as `docs/renderer-protocol.md` describes them. Members we do not know are ignored. */

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)
const Text = z.string().max(10_000)
const Path = z.string().startsWith('/').max(8_000)
const Host = z.string().min(1).max(300)
const Tag = z.object({ class: z.string().min(1).max(512), id: z.string().max(512).optional() })

const Entry = z.object({
  host: Host,
  path: Path,
  contentHash: z.string().regex(/^sha256-[0-9a-f]{64}$/),
  size: z.number().int().nonnegative(),
  cacheTags: z.array(Tag).max(10_000).default([]),
  lastRefresh: z.object({ startedOn: Instant, duration: z.number().nonnegative() }),
  refreshedOn: Instant,
  expiresOn: Instant,
  markedOn: maybe(Instant),
  failure: maybe(z.object({ on: Instant, error: Text })),
  ttlSeconds: z.number().nonnegative().default(0),
  expired: z.boolean(),
  refreshing: z.boolean(),
})

export const ListDocument = z.object({ now: Instant, entries: z.array(Entry).max(1_000), next: maybe(Text) })
export const OneDocument = Entry.extend({ now: Instant })
export const ExpireDocument = z.object({ marked: z.number().int().nonnegative(), missing: z.array(z.string()).default([]) })

export const RefreshDocument = z.object({
  state: z.enum(['running', 'finished']),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  results: z
    .array(
      z.object({
        host: Host,
        path: Path,
        state: z.enum(['waiting', 'refreshed', 'failed']),
        error: maybe(Text),
      }),
    )
    .max(10_000),
})

export function toEntry(document: z.infer<typeof Entry>): RendererEntry {
  const { host, path, contentHash, size, cacheTags, lastRefresh, failure } = document
  return {
    host,
    path,
    hash: contentHash,
    sizeBytes: size,
    tags: cacheTags.map(tagText),
    startedAtMs: lastRefresh.startedOn,
    durationMs: lastRefresh.duration,
    refreshedAtMs: document.refreshedOn,
    expiresAtMs: document.expiresOn,
    markedAtMs: document.markedOn,
    failure: failure === null ? null : { atMs: failure.on, reason: failure.error },
    ttlSeconds: document.ttlSeconds,
    expired: document.expired,
    refreshing: document.refreshing,
  }
}

export function toRun({ state, done, total, results }: z.infer<typeof RefreshDocument>, monitor: string): RefreshRun {
  return { monitor, finished: state === 'finished', done, total, results }
}

function tagText({ class: name, id }: z.infer<typeof Tag>): string {
  return id === undefined || id === '' ? name : `${name}:${id}`
}

/** `pb-menu:main-menu` as the protocol writes it. Without an id it means every tag of the class. */
export function toTag(text: string): { readonly class: string; readonly id?: string } {
  const at = text.indexOf(':')
  return at < 0 ? { class: text } : { class: text.slice(0, at), id: text.slice(at + 1) }
}
