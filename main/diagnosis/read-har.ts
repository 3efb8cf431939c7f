import * as z from 'zod'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { bodyHash } from '#main/platform/body-hash.ts'
import { badPaste } from './bad-paste.ts'
import type { CustomerCopy } from './evidence.ts'
import { keptHeaders } from './kept-headers.ts'
import { plainEncoding } from './spelling.ts'

const Field = z.object({ name: z.string(), value: z.string() })

/** The parts of a HAR 1.2 entry that are read; browsers add fields with `_` in front. */
const Entry = z.object({
  startedDateTime: z.string().optional().catch(undefined),
  request: z.object({ url: z.string() }),
  response: z.object({
    status: z.number(),
    headers: z.array(Field).catch([]),
    content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).optional().catch(undefined),
    _fetchedViaServiceWorker: z.boolean().optional().catch(undefined),
  }),
  cache: z.object({ beforeRequest: z.unknown().optional() }).optional().catch(undefined),
  timings: z.object({ wait: z.number().optional() }).optional().catch(undefined),
  _fromCache: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  fromCache: z.union([z.string(), z.boolean()]).optional().catch(undefined),
})
type Entry = z.infer<typeof Entry>
const Har = z.object({ log: z.object({ entries: z.array(z.unknown()).max(20_000) }) })

/** Reads a HAR file's text; see `readPaste`. Requests, and with them cookies that were sent, are not read but for their URL. */
export function readHar(text: string, url: string, nowMs: number): CustomerCopy {
  const har = Har.safeParse(parse(text))
  if (!har.success) throw badPaste('This begins like a HAR file and is none: it has no list of entries.')
  const entry = bestEntry(har.data.log.entries, new URL(url))
  if (entry === null) throw badPaste(`The HAR file has no answer for ${url}.`)
  const headers = keptHeaders(entry.response.headers.map(({ name, value }) => [name, value]))
  return {
    url: withoutSecrets(entry.request.url),
    status: entry.response.status === 0 ? null : entry.response.status,
    headers,
    cache: readCacheAnswer(headers),
    atMs: answeredAt(entry) ?? parseHttpDate(headers.find(([name]) => name === 'date')?.[1], nowMs) ?? null,
    fromBrowserCache: fromCache(entry),
    bodyHash: contentHash(entry),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badPaste('The HAR file is no JSON: it was cut short, or changed on the way.')
  }
}

/** How well an entry fits: the same address, the same page with another query, the same path on another host. */
function bestEntry(entries: readonly unknown[], url: URL): Entry | null {
  let best: { entry: Entry; fit: number } | null = null
  for (const candidate of entries) {
    const parsed = Entry.safeParse(candidate)
    if (!parsed.success) continue
    const fit = fitOf(URL.parse(parsed.data.request.url), parsed.data, url)
    // The last of several is what the customer was looking at.
    if (fit > 0 && (best === null || fit >= best.fit)) best = { entry: parsed.data, fit }
  }
  return best?.entry ?? null
}

function fitOf(asked: URL | null, { response }: Entry, url: URL): number {
  if (asked === null || plainEncoding(asked.pathname) !== plainEncoding(url.pathname)) return 0
  const host = asked.host === url.host ? 4 : 0
  const query = asked.search === url.search ? 2 : 0
  // A redirect leads to the page and is not what was seen.
  const page = response.status >= 300 && response.status < 400 && response.status !== 304 ? 0 : 1
  return host === 0 && query === 0 ? 0 : host + query + page
}

/** When the first byte came: when it was asked for, and the waiting. */
function answeredAt({ startedDateTime, timings }: Entry): number | null {
  const startedMs = startedDateTime === undefined ? Number.NaN : Date.parse(startedDateTime)
  if (Number.isNaN(startedMs) || startedMs < 0 || startedMs > 8.64e15) return null
  return Math.round(startedMs + Math.min(600_000, Math.max(0, timings?.wait ?? 0)))
}

/** Chrome says `_fromCache: "disk"`; Firefox leaves a note in `cache.beforeRequest`. Null when nothing tells. */
function fromCache({ _fromCache: chrome, fromCache: other, cache, response }: Entry): boolean | null {
  const told = chrome ?? other
  if (told !== undefined) return told !== false && told !== ''
  if (response.status === 304) return true
  const before = cache?.beforeRequest
  return before !== null && before !== undefined && typeof before === 'object' ? true : null
}

function contentHash({ response }: Entry): string | null {
  const { text, encoding } = response.content ?? {}
  if (text === undefined || text === '') return null
  return bodyHash(encoding === 'base64' ? Buffer.from(text, 'base64') : text)
}

function withoutSecrets(address: string): string | null {
  const url = URL.parse(address)
  if (url === null) return null
  url.username = ''
  url.password = ''
  url.hash = ''
  return url.href.slice(0, 4_000)
}
