import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { parseJsonAnswer, type TextAnswer } from '#main/platform/http-text.ts'
import { parseHttpUrl } from '#main/platform/http-url.ts'
import type { Http } from '#main/platform/http.ts'
import type { EntryPage, RefreshRun, Renderer } from '../renderer.ts'
import { ExpireDocument, ListDocument, OneDocument, RefreshDocument, toEntry, toRun, toTag } from './documents.ts'
import { rendererRefusal } from './refusals.ts'

export interface SsrCacheOptions {
  /** The address of the entries. A secret: it appears in no message. */
  readonly url: string
  readonly http: Pick<Http, 'requestText'>
}

/** Limits of the protocol: `docs/renderer-protocol.md`. */
const ENTRIES_PER_PAGE = 1_000
const PATHS_PER_REQUEST = 1_000
const MAX_DOCUMENT_BYTES = 50_000_000

/** An SSR cache that speaks the protocol of `docs/renderer-protocol.md`. Only its own origin is asked. */
export function createSsrCache({ url, http }: SsrCacheOptions): Renderer {
  const entries = parseHttpUrl(url)
  const below = (path: string): URL => {
    const address = new URL(entries)
    address.pathname = `${entries.pathname.replace(/\/$/, '')}/${path}`
    return address
  }
  const own = (link: string, base: URL): URL => {
    const address = URL.parse(link, base.href)
    if (address !== null && address.origin === entries.origin) return address
    const where = address === null ? 'no web address' : address.host
    throw new AppError('PROVIDER_REFUSED', `The renderer at ${entries.host} leads to ${where}, which is not followed.`, {
      retryable: false,
    })
  }
  const ask = (address: URL, signal: AbortSignal | undefined, json?: unknown): Promise<TextAnswer> =>
    http.requestText(address, {
      headers: { accept: 'application/json' },
      signal,
      maxBytes: MAX_DOCUMENT_BYTES,
      privateAllowed: true,
      ...(json === undefined ? {} : { method: 'POST' as const, json }),
    })
  const read = <T>(answer: TextAnswer, schema: z.ZodType<T>): T => {
    if (answer.status < 200 || answer.status > 299) throw rendererRefusal(answer)
    return parseJsonAnswer(answer, schema)
  }
  const follow = async (monitor: string, signal: AbortSignal | undefined): Promise<RefreshRun> =>
    toRun(read(await ask(own(monitor, entries), signal), RefreshDocument), monitor)

  return {
    pathsPerRequest: PATHS_PER_REQUEST,

    async list(cursor, limit, signal): Promise<EntryPage> {
      const address = cursor === null ? new URL(entries) : own(cursor, entries)
      address.searchParams.set('limit', String(Math.min(limit, ENTRIES_PER_PAGE)))
      const document = read(await ask(address, signal), ListDocument)
      return { nowMs: document.now, entries: document.entries.map(toEntry), next: document.next }
    },

    async one(host, path, signal): Promise<EntryPage> {
      const address = below('one')
      address.searchParams.set('host', host)
      address.searchParams.set('path', path)
      const answer = await ask(address, signal)
      // Not there, or the secret is wrong: only the list can tell, and its refusal is the right one.
      if (answer.status === 404) return { ...(await this.list(null, 1, signal)), entries: [], next: null }
      const { now, ...entry } = read(answer, OneDocument)
      return { nowMs: now, entries: [toEntry(entry)], next: null }
    },

    async expire({ host, paths, tags }, signal) {
      return read(await ask(below('expire'), signal, { host, paths, tags: tags.map(toTag) }), ExpireDocument)
    },

    async refresh(host, paths, signal) {
      const address = below('refresh')
      const answer = await ask(address, signal, { host, paths })
      const document = read(answer, RefreshDocument)
      const location = answer.headers.get('location')
      if (location !== undefined) return toRun(document, own(location, address).href)
      if (document.state === 'finished') return toRun(document, '')
      throw new AppError('PROVIDER_REFUSED', `The renderer at ${entries.host} names no monitor for its refresh.`, {
        retryable: false,
      })
    },

    refreshed: follow,
  }
}
