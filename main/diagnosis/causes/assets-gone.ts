import type { Cause } from '#shared/diagnosis.ts'
import { pathOf, type Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { look, purgeThis } from '../remedies.ts'
import { cause, counted, fact, quoted } from '../wording.ts'

/** The page names files that are not there any more: it looks broken rather than old. */
export function assetsGone(evidence: Evidence, derived: Derived): Cause | null {
  const { companions } = evidence
  const gone = companions.filter(({ exchange }) => wasAnswered(exchange) && (exchange.status === 404 || exchange.status === 410))
  const [first] = gone
  if (first === undefined || (derived.copy?.status ?? 0) >= 400) return null
  const old = derived.content.is === 'different'
  const known = gone.some(({ inRelease }) => inRelease === true)
  const why = old
    ? 'The page is an old copy and names files of its own deploy, which are gone.'
    : known
      ? 'The live release has them: the edge keeps the error.'
      : 'A deploy took them away before the pages that name them.'
  const more = gone.length === 1 ? '' : ` and ${counted(gone.length - 1, 'more file')}`
  return cause(
    'assets-gone',
    'proven',
    `The page names ${quoted(pathOf(first.url))}${more}, which ${gone.length === 1 ? 'is' : 'are'} not there any more, so it looks broken. ${why}`,
    gone
      .slice(0, 5)
      .map(({ url, exchange, inRelease }) =>
        fact(
          'edge',
          `${quoted(pathOf(url))}: ${wasAnswered(exchange) ? exchange.status : 'no answer'}${inRelease === null ? '' : inRelease ? ', but the live release has it' : ', and the live release has no such file'}.`,
          exchange.sentAtMs,
        ),
      ),
    [
      old ? purgeThis(evidence, derived) : null,
      known && evidence.site?.purgesPaths === true
        ? {
            kind: 'purge',
            says: `Purge the missing files: ${counted(gone.length, 'item')}`,
            lines: gone.map(({ url }) => pathOf(url)),
          }
        : null,
      !old && !known ? look('Put the files of the last deploys back, and delete them only after the pages were purged') : null,
    ],
  )
}
