import type { Cause } from '#shared/diagnosis.ts'
import { fields, isStored } from '../answers.ts'
import { variesBy } from '../copies.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { look, sendHeader } from '../remedies.ts'
import { cause, fact, quoted } from '../wording.ts'

const MANY = 3
const EACH_ITS_OWN: ReadonlySet<string> = new Set(['cookie', 'user-agent', 'authorization', '*'])

/** Nearly every visitor has a copy of their own, so that copies are rarely hit and each ages by itself. */
export function variesMuch({ edge, variants }: Evidence, { copy }: Derived): Cause | null {
  const answer = copy?.answer
  if (!answer || answer.status >= 400) return null
  const names = variesBy(answer).filter((name) => name !== 'accept-encoding')
  const worst = names.filter((name) => EACH_ITS_OWN.has(name))
  const cookie = fields(answer).get('set-cookie') !== undefined
  if (worst.length === 0 && names.length < MANY && !cookie) return null
  const vary = names.join(', ')
  const many = worst.length > 0 || names.length >= MANY
  const what = names.includes('*')
    ? 'Vary: * lets no copy be used twice'
    : many
      ? `the edge keeps a copy for every ${quoted(vary, 80)} that visitors send`
      : 'the answer sets a cookie, and many caches keep no such answer'
  const missed = [
    edge?.first ?? null,
    edge?.again ?? null,
    ...variants.filter(({ kind }) => kind === 'vary').map(({ exchange }) => exchange),
  ]
    .filter(wasAnswered)
    .some(({ cache }) => isStored(cache) === false)
  return cause(
    'varies-much',
    many ? 'proven' : 'likely',
    `Copies are rarely hit: ${what}. Visitors wait for the origin more often, and each copy ages by itself.`,
    [
      many ? fact('edge', `Vary: ${quoted(vary, 120)}.`, answer.atMs) : null,
      cookie ? fact('edge', 'The answer has a Set-Cookie.', answer.atMs) : null,
      missed ? fact('edge', 'One of our requests was a miss.', answer.atMs) : null,
    ],
    [
      many ? sendHeader('Vary', 'Accept-Encoding', 'vary only by what the page really depends on') : null,
      cookie ? look('Set cookies from another address, or from a script, so that the page can be kept') : null,
    ],
  )
}

/** Whether it cost somebody something: a request that the store should have answered was a miss. */
export const showsInMisses = ({ facts }: Cause): boolean => facts.some(({ says }) => says.endsWith('was a miss.'))
