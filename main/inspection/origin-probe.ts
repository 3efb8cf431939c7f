import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'

/** Long enough for a cold render, short enough for somebody who has pressed a button. */
const TIMEOUT_MS = 10_000

/**
 * Asks the origin for one page before its copy is thrown away. Null when it answers with a page, or answers at all that it
 * knows of no such page; otherwise why a purge would replace a working copy by an error, as a sentence.
 */
export async function originProblem(
  http: Http,
  originUrl: string,
  page: { readonly host: string; readonly path: string },
): Promise<string | null> {
  const release = http.allow(originUrl)
  try {
    const answer = await http.fetchPage(new URL(originUrl).origin + page.path, { hostHeader: page.host, timeoutMs: TIMEOUT_MS })
    return answer.status >= 500 ? `The origin answers ${page.path} with an error (status ${answer.status}).` : null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return `The origin cannot be asked: ${error.message}`
  } finally {
    release()
  }
}
