import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BuildCause } from '#shared/build-queue.ts'
import { changesIn, mergeCauses, oneCause, startsAt, titleOf } from '#main/builds/coalesce.ts'

const storm = (count: number, source = 'Sanity'): BuildCause[] =>
  Array.from({ length: count }).reduce<BuildCause[]>(
    (causes, _, index) => mergeCauses(causes, [oneCause(source, `menu ${index + 1}`)]),
    [],
  )

describe('Causes', () => {
  test('of one source are counted, and the last few are kept', () => {
    expect(storm(37)).toEqual([{ source: 'Sanity', count: 37, latest: ['menu 37', 'menu 36', 'menu 35', 'menu 34', 'menu 33'] }])
  })

  test('stay small however many sources there are, and none is lost from the count', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => oneCause(`source ${index}`, 'changed'))
    const merged = many.reduce<BuildCause[]>((causes, cause) => mergeCauses(causes, [cause]), [])
    expect(merged.length).toBeLessThanOrEqual(31)
    expect(changesIn(merged)).toBe(1_000)
  })

  test.each([
    [[oneCause('Sanity', 'The menu was published')], 'The menu was published'],
    [storm(37), '37 changes from Sanity'],
    [[...storm(2), oneCause('the schedule', 'Scheduled build')], '2 changes from Sanity, 1 from the schedule'],
    [[oneCause('Sanity', null)], '1 change from Sanity'],
    [mergeCauses([oneCause('Sanity', null, 36)], [oneCause('Sanity', 'The menu was published')]), '37 changes from Sanity'],
    [[oneCause('Sanity', 'menu'), ...storm(4, 'GitHub')], '1 change from Sanity, 4 from GitHub'],
  ])('name the build %#', (causes, title) => {
    expect(titleOf(causes)).toBe(title)
  })

  test('never make a title that is too long for a service', () => {
    const causes = Array.from({ length: 30 }, (_, index) => oneCause(`a source with a long name ${index}`, 'x'))
    expect(titleOf(causes).length).toBeLessThanOrEqual(120)
  })
})

describe('A build that is wanted', () => {
  const settings = { quietSeconds: 20, longestSeconds: 300 }
  test('begins at once when nothing else goes on', () => {
    expect(startsAt({ nowMs: 1_000, firstAtMs: null, idle: true }, settings)).toBe(1_000)
  })

  test('waits until it has been quiet, and never longer than the longest time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 200 }), (gaps) => {
        let nowMs = 0
        let startsAtMs = startsAt({ nowMs, firstAtMs: null, idle: false }, settings)
        for (const gap of gaps) {
          if (nowMs + gap >= startsAtMs) break
          nowMs += gap
          startsAtMs = startsAt({ nowMs, firstAtMs: 0, idle: false }, settings)
          expect(startsAtMs).toBe(Math.min(nowMs + 20_000, 300_000))
        }
      }),
    )
  })
})
