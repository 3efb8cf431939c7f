import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadSample } from '#main/plans/sample.ts'

const pages = (group: string, count: number) => Array.from({ length: count }, (_, at) => `${group}/${at}`)
const groupOf = (path: string) => path.split('/')[0]!

test('few are all taken, in their order', () => {
  expect(spreadSample(['b/1', 'a/1'], 2, groupOf)).toEqual(['b/1', 'a/1'])
})

test('of many every group has some, and what small groups leave goes to the large ones', () => {
  const sample = spreadSample([...pages('menu', 2_000), ...pages('blog', 300), ...pages('about', 3)], 200, groupOf)
  const count = (group: string) => sample.filter((path) => groupOf(path) === group).length
  expect([count('menu'), count('blog'), count('about')]).toEqual([99, 98, 3])
})

test('within a group they are spread over all of it', () => {
  expect(spreadSample(pages('a', 100), 4, groupOf)).toEqual(['a/0', 'a/25', 'a/50', 'a/75'])
})

test('whatever the groups are, it has the wanted size, no page twice, and is the same each time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (groups, most) => {
      const all = groups.map((group, at) => `${group}/${at}`)
      const sample = spreadSample(all, most, groupOf)
      expect(sample).toHaveLength(Math.min(all.length, most))
      expect(new Set(sample).size).toBe(sample.length)
      expect(spreadSample(all, most, groupOf)).toEqual(sample)
      const seen = new Set(sample.map(groupOf)).size
      expect(seen).toBe(Math.min(new Set(groups).size, sample.length))
    }),
  )
})
