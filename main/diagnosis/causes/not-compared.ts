import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { checkAgain, look } from '../remedies.ts'
import { at, cause, fact, sentence } from '../wording.ts'

/** Nothing is known to be wrong, and nothing proves that the page is right either. */
export function notCompared({ origin, site, gaps }: Evidence, { copy, content, isPast }: Derived): Cause {
  const why =
    origin.basis === 'none'
      ? sentence(origin.why)
      : content.changesByItself
        ? 'The page is another one at every render, so that a comparison says nothing.'
        : (copy?.status ?? 200) >= 400
          ? 'An error is no version of the page.'
          : 'What the origin told cannot be compared with the copy.'
  const facts = [fact('settings', why), ...gaps.slice(0, 5).map((gap) => fact('settings', sentence(gap)))]
  const remedies = [
    site === null
      ? look('Register the site with its origin, and the next check compares')
      : isPast
        ? checkAgain('Check the page as it is now')
        : look('Give the site an origin address, or name the release the page belongs to, in the settings'),
  ]
  if (copy === null) {
    return cause(
      'not-compared',
      'proven',
      isPast
        ? 'Nothing was written down about this page by then, so nobody can say what it was.'
        : 'No answer came, so there is nothing to compare.',
      facts,
      remedies,
    )
  }
  const made = copy.madeAtMs === null || copy.stored === false ? '' : `, made ${at(copy.madeAtMs)}`
  const has = copy.stored === true ? `a copy${made}` : copy.stored === false ? 'an answer fetched just now' : `an answer${made}`
  const time = copy.time === 'in-date' ? ' It is within its lifetime.' : copy.time === 'past' ? ' It is past its lifetime.' : ''
  return cause(
    'not-compared',
    'proven',
    `Visitors get ${has}, seen ${fromHere(copy.vantage)}.${time} Whether it is the newest was not compared: ${why}`,
    facts,
    remedies,
  )
}
