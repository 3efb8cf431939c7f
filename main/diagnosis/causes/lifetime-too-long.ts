import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { sendHeader } from '../remedies.ts'
import { edgeOnly } from './browser-only.ts'
import { cause, counted, fact, quoted, span } from '../wording.ts'

const MONTH_SECONDS = 30 * 86_400

/** The page changes far more often than its lifetime allows for. */
export function lifetimeTooLong({ history }: Evidence, { copy, browser, purges, content }: Derived): Cause | null {
  const lasts = copy?.lifetime
  const changes = history.changesIn30Days
  if (!lasts || !copy?.answer || copy.answer.status >= 400 || !(changes >= 1)) return null
  const betweenSeconds = Math.floor(MONTH_SECONDS / changes)
  const inBrowser = browser?.use === 'keeps' && browser.lifetimeSeconds > betweenSeconds
  // A long lifetime with purges is how such sites are meant to work.
  const atEdge = changes >= 2 && lasts.lifetimeSeconds > betweenSeconds && purges.length === 0
  if (!inBrowser && !atEdge) return null
  const often = `It changed ${counted(changes, 'time')} in 30 days`
  const says = inBrowser
    ? `${often}, and browsers keep it ${span(browser.lifetimeSeconds)}, where no purge reaches it.`
    : `${often}, and the edge keeps it ${span(lasts.lifetimeSeconds)} without being purged.`
  const shorter = Math.max(60, Math.floor(betweenSeconds / 10))
  return cause(
    'lifetime-too-long',
    inBrowser || content.is === 'different' ? 'likely' : 'possible',
    says,
    [
      fact('history', `${counted(changes, 'change')} of the page or its tags in 30 days: one in ${span(betweenSeconds)}.`),
      inBrowser ? fact('browser', `${quoted(browser.rule)}.`) : fact('edge', `${quoted(lasts.rule)}.`, copy.atMs),
    ],
    [
      inBrowser
        ? sendHeader('Cache-Control', edgeOnly({ copy }), 'browsers ask at each visit, the edge keeps it as before')
        : sendHeader(
            'Cache-Control',
            `max-age=0, s-maxage=${shorter}, stale-while-revalidate=${shorter}`,
            'or purge the page when it changes: 1 item each time',
          ),
    ],
  )
}
