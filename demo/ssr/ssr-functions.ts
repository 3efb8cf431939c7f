import { readFileSync } from 'node:fs'
import { textAnswer, type Answer } from '../origin/answer.ts'
import { onLollies, type SiteFunction } from '../origin/functions.ts'
import type { SsrCache } from './ssr-cache.ts'
import type { SsrSettings } from './ssr-settings.ts'
import { parseVisit, type VisitCheck } from './visit-check.ts'

const script = readFileSync(new URL('./visit-check.js', import.meta.url), 'utf8')

/** The functions of the SSR area: its pages, the endpoint for visits, and the script that reports them. */
export function ssrFunctions(cache: SsrCache, visitCheck: VisitCheck, settings: SsrSettings): ReadonlyMap<string, SiteFunction> {
  const page: SiteFunction = (request) =>
    request.method === 'POST' ? textAnswer(405, 'This page takes no form.') : cache.answer(request.path)

  const visit: SiteFunction = (request) => {
    if (request.method !== 'POST') return textAnswer(405, 'A visit is reported with POST.')
    const reported = parseVisit(request.body.toString('utf8'))
    if (reported === null) return textAnswer(400, 'The report must be JSON with path and refreshedOn.')
    visitCheck.receive(reported)
    return { status: 202, headers: { 'cache-control': 'no-store' }, body: Buffer.alloc(0) }
  }

  const visitScript: SiteFunction = (): Answer => ({
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=60' },
    body: Buffer.from(script.replace(/^const minutes = \d+$/m, `const minutes = ${String(settings.checkMinutes)}`)),
  })

  return new Map([
    ['ssr', onLollies(page)],
    ['visit-check', onLollies(visit)],
    ['visit-check-script', onLollies(visitScript)],
  ])
}
