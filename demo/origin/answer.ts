import { tagHeaderName } from '../distribution/cache-policies.ts'
import { tagsIn } from '../site/html.ts'

/** A response before it is written. */
export interface Answer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export function textAnswer(status: number, text: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
    body: Buffer.from(`${text}\n`),
  }
}

/** A page that a function rendered; its tag header repeats the tags in it. */
export function renderedPage(status: number, html: string, cacheControl: string): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': cacheControl,
      [tagHeaderName]: tagsIn(html).join(','),
    },
    body: Buffer.from(html),
  }
}

export function redirectAnswer(status: number, location: string, cacheControl: string): Answer {
  return { status, headers: { location, 'cache-control': cacheControl }, body: Buffer.alloc(0) }
}
