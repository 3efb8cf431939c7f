import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'
import type { ReadText } from './sitemaps-task.ts'

/** A sitemap file unpacked; sitemaps.org allows 50 MB. */
const TEXT_BYTES_AT_MOST = 52_428_800

/** Reads robots.txt and sitemap files of a site. A missing file is `NOT_FOUND`, another bad status `BAD_INPUT`. */
export function siteTextReader(http: Http): ReadText {
  return async (url, signal) => {
    const answer = await http.requestText(url, { signal, maxBytes: TEXT_BYTES_AT_MOST, maxRedirects: 3 })
    if (answer.status === 404 || answer.status === 410) {
      throw new AppError('NOT_FOUND', `${url} does not exist.`, {
        fix: 'Name the sitemap in robots.txt, or paste the addresses of the pages.',
      })
    }
    if (answer.status !== 200)
      throw new AppError('BAD_INPUT', `${url} answered with status ${answer.status}.`, {
        fix: 'Open it in a browser to see why.',
      })
    return answer.text
  }
}
