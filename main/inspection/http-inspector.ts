import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'
import type { PageAnswer } from '#main/platform/http-page.ts'
import { isHtml } from './inspect-page.ts'
import type { Answer } from './read-answer.ts'
import { steadyBody } from './steady-body.ts'
import type { CheckContext } from './site-inspector.ts'

/** Checks over real HTTP: GET, never HEAD, since a HEAD may be answered from elsewhere than what visitors get. */
export function httpInspector(http: Http): Pick<CheckContext, 'get' | 'originHash'> {
  return {
    async get(url, signal, condition) {
      const page = await http.fetchPage(url, { signal, keepBody: true, ...(condition ? { headers: condition } : {}) })
      const { body } = page
      // The bytes as they are: a page is not copied to be read.
      return { ...toAnswer(page), body: Buffer.isBuffer(body) ? body : Buffer.from(body ?? []) }
    },
    async originHash(originUrl, page, edge, volatileSelectors, signal) {
      const { host } = new URL(page.url)
      const etag = edge.header('etag')
      const readable = edge.confirmed !== true && isHtml(edge)
      try {
        // Put together as text: a path that begins with two slashes would name another host.
        const answer = await http.fetchPage(new URL(originUrl).origin + page.path, {
          signal,
          hostHeader: host,
          keepBody: readable,
          ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } }),
        })
        if (answer.status === 304) return edge.bodyHash
        if (answer.status !== 200) return null
        const same = readable && answer.bodyHash !== edge.bodyHash && steadyEqual(edge.body, answer.body, volatileSelectors)
        return same ? edge.bodyHash : answer.bodyHash
      } catch (error) {
        if (signal.aborted || !(error instanceof AppError)) throw error
        // The page itself was answered; an origin that cannot be asked leaves it "not compared".
        return null
      }
    },
  }
}

function steadyEqual(edge: Uint8Array, origin: Uint8Array | undefined, selectors: readonly string[]): boolean {
  return origin !== undefined && Buffer.compare(steadyBody(edge, selectors), steadyBody(origin, selectors)) === 0
}

/** A page as it is read: header names in lower case. */
export function toAnswer(page: PageAnswer): Answer {
  return {
    status: page.status,
    header: (name) => page.headers.get(name),
    headers: page.headers.list.map(([name, value]) => [name.toLowerCase(), value]),
    bodyHash: page.bodyHash ?? '',
    sizeBytes: page.sizeBytes,
    ttfbMs: page.ttfbMs,
    atMs: page.at.responseMs,
  }
}
