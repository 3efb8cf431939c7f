import { expect, test } from 'vitest'
import { DAMAGED, DAMAGED_FIX } from '#shared/damage.ts'
import { whyItFell } from '#main/platform/why-it-fell.ts'

test('A core that fell over a damaged database is told with what mends it, every other with the log', () => {
  const damage = Object.assign(new Error('database disk image is malformed'), { code: 'SQLITE_CORRUPT' })
  expect(whyItFell(damage, '/logs')).toBe(`${DAMAGED} ${DAMAGED_FIX}`)
  expect(whyItFell(new Error('x'), '/logs')).toBe('Its core failed. The log in /logs says more.')
})
