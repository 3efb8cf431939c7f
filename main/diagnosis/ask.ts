import { AppError } from '#shared/errors.ts'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { bodyHash } from '#main/platform/body-hash.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Http } from '#main/platform/http.ts'
import type { PageAnswer } from '#main/platform/http-page.ts'
import type { Answered, Exchanged } from './evidence.ts'
import { keptHeaders } from './kept-headers.ts'
import { textLength } from './read-html.ts'
import { isRegistered } from './subject.ts'

/** What one diagnosis may spend. Instants are Unix milliseconds. */
export interface Budget {
  readonly requests: number
  readonly untilMs: number
}
/** Requests of one diagnosis to the site, all in all. */
export const REQUESTS = 24
export const ALL_IN_MS = 20_000
const ONE_MS = 10_000
const AT_A_TIME = 4

export interface AskWorld {
  readonly clock: Clock
  readonly http: Pick<Http, 'fetchPage' | 'allow'>
  readonly db: Raw
  htmlTags(body: Buffer): string[]
  steadyBody(body: Uint8Array, selectors: readonly string[]): Uint8Array
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** Asks the server at the URL for another host. The server is the site's own origin and may be private. */
  readonly hostHeader?: string
}

export interface Reply {
  readonly exchange: Exchanged
  /** Unpacked; null when there was no answer. */
  readonly body: Buffer | null
  /** False: the budget was used up before. */
  readonly asked: boolean
}

/** Asks within a budget. Every failure but a cancellation is an `Unanswered`. */
export interface Asker {
  ask(url: string, options?: AskOptions): Promise<Reply>
  /** Does `work` for each, a few at a time; what the budget does not reach is left out and counted. */
  each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<{ done: R[]; left: number }>
  spent(): Budget
}

export function createAsker(world: AskWorld, budget: Budget, selectors: readonly string[], signal: AbortSignal): Asker {
  let { requests } = budget
  const mayAsk = () => requests > 0 && world.clock() < budget.untilMs

  async function ask(url: string, options: AskOptions = {}): Promise<Reply> {
    const sentAtMs = world.clock()
    const unanswered = (failure: string, asked = true): Reply => ({ exchange: { url, sentAtMs, failure }, body: null, asked })
    signal.throwIfAborted()
    if (!mayAsk()) return unanswered('It was not asked: the requests or the time of this diagnosis were used up.', false)
    requests -= 1
    const release = options.hostHeader !== undefined || isRegistered(world.db, url) ? world.http.allow(url) : () => {}
    try {
      const page = await world.http.fetchPage(url, {
        signal,
        timeoutMs: Math.max(1_000, Math.min(ONE_MS, Math.round((budget.untilMs - sentAtMs) / 1_000) * 1_000)),
        keepBody: true,
        hostHeader: options.hostHeader,
        ...(options.headers ? { headers: options.headers } : {}),
      })
      const body = Buffer.from(page.body ?? [])
      return { exchange: toAnswered(world, url, page, body, selectors), body, asked: true }
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      return unanswered([error.message, error.details.fix].filter(Boolean).join(' '))
    } finally {
      release()
    }
  }

  return {
    ask,
    async each(items, work) {
      const done: Awaited<ReturnType<typeof work>>[] = []
      const waiting = items.map((item, index) => ({ item, index }))
      const lane = async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          if (!mayAsk()) {
            waiting.unshift(next)
            return
          }
          done[next.index] = await work(next.item)
        }
      }
      await Promise.all(Array.from({ length: AT_A_TIME }, lane))
      return { done: done.filter((result) => result !== undefined), left: waiting.length }
    },
    spent: () => ({ requests, untilMs: budget.untilMs }),
  }
}

const HTML = /^(text\/html|application\/xhtml\+xml)\b/i

function toAnswered(world: AskWorld, url: string, page: PageAnswer, body: Buffer, selectors: readonly string[]): Answered {
  const headers = keptHeaders(page.headers.list)
  const hash = page.bodyHash ?? ''
  const isHtml = HTML.test(page.headers.get('content-type') ?? '') && page.unknownEncoding === null && body.length > 0
  const steady = isHtml ? world.steadyBody(body, selectors) : body
  const location = page.headers.get('location')
  return {
    url,
    sentAtMs: page.at.requestMs,
    atMs: page.at.responseMs,
    status: page.status,
    headers,
    cache: readCacheAnswer(headers),
    bodyHash: hash,
    steadyHash: steady === body ? hash : bodyHash(steady),
    sizeBytes: page.sizeBytes,
    ttfbMs: page.ttfbMs,
    textLength: isHtml ? textLength(body) : null,
    htmlTags: isHtml ? world.htmlTags(body) : [],
    location: location === undefined ? null : (URL.parse(location, url)?.href ?? null),
  }
}
