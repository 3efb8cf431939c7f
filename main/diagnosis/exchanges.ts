import type { Exchange } from '#shared/diagnosis.ts'
import type { CacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { wasAnswered, type Answered, type Evidence, type Exchanged } from './evidence.ts'
import { safeHeaders, safeText } from './redact.ts'
import { pathOf } from './derive.ts'
import { quoted, sentence } from './wording.ts'

/** Every request behind the verdict, in the order of asking, and what the customer sent along. */
export function exchangesOf(evidence: Evidence): Exchange[] {
  const { redirects, edge, origin, originRedirect, variants, crawler, companions, customer } = evidence
  const titled: (readonly [string, Exchanged | null])[] = [
    ...redirects.map((one, index) => [`Redirect ${index + 1} at the edge`, one] as const),
    ['The page at the edge', edge?.first ?? null],
    ['The same again', edge?.again ?? null],
    ['The page at the origin', origin.basis === 'none' ? null : origin.exchange],
    ['The redirect at the origin', originRedirect],
    ...variants.map(({ how, exchange }) => [`The page ${quoted(how, 80)}`, exchange] as const),
    ['As a crawler', crawler],
    ...companions.map(({ url, exchange }) => [`Named by the page: ${quoted(pathOf(url), 120)}`, exchange] as const),
  ]
  const asked = titled.flatMap(([title, exchange]) => (exchange === null ? [] : [exchangeOf(title, exchange)]))
  if (customer === null) return asked
  const sent: Exchange = {
    title: 'What the customer got',
    url: safeText(customer.url ?? evidence.url),
    atMs: customer.atMs ?? evidence.askedAtMs,
    status: customer.status,
    says: customer.fromBrowserCache === true ? 'From the cache of their own browser.' : cacheSays(customer.cache),
    headers: safeHeaders(customer.headers),
  }
  return [...asked, sent]
}

function exchangeOf(title: string, exchange: Exchanged): Exchange {
  const common = { title: safeText(title), url: safeText(exchange.url) }
  if (!wasAnswered(exchange))
    return { ...common, atMs: exchange.sentAtMs, status: null, says: safeText(sentence(exchange.failure)), headers: [] }
  return {
    ...common,
    atMs: exchange.atMs,
    status: exchange.status,
    says: safeText(answerSays(exchange)),
    headers: safeHeaders(exchange.headers),
  }
}

export function cacheSays({ state, ageSeconds, vantage, hops }: CacheAnswer): string {
  const from = vantage === null ? '' : ` at ${quoted(vantage, 40)}`
  const words = {
    hit: 'From a copy',
    stale: 'From a copy past its lifetime',
    revalidated: 'From a copy that the origin confirmed',
    miss: 'Fetched from the origin',
    bypass: 'Passed on to the origin',
    error: 'An error of the cache',
    unknown: hops.length === 0 ? 'No cache is told of' : 'The cache does not tell how',
  }
  return `${words[state]}${from}${ageSeconds === null ? '' : `, Age ${ageSeconds} s`}.`
}

function answerSays({ cache, sizeBytes, ttfbMs }: Answered): string {
  return `${cacheSays(cache)} ${sizeBytes.toLocaleString('en-US')} bytes, first byte after ${Math.round(ttfbMs)} ms.`
}
