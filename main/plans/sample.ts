/**
 * At most `most` of these, so that every group has some: groups take equal shares, what small ones leave goes to the large
 * ones, and within a group they are spread evenly. The same input gives the same sample, in the order of the input.
 */
export function spreadSample<T>(all: readonly T[], most: number, groupOf: (one: T) => string): T[] {
  if (all.length <= most) return [...all]
  const groups = new Map<string, number[]>()
  all.forEach((one, at) => {
    const key = groupOf(one)
    const group = groups.get(key)
    if (group) group.push(at)
    else groups.set(key, [at])
  })
  const smallFirst = [...groups.values()].sort((a, b) => a.length - b.length)
  const shown = evenly(smallFirst, most)
  let left = most
  const chosen = shown.flatMap((group, index) => {
    const taken = evenly(group, Math.floor(left / (shown.length - index)))
    left -= taken.length
    return taken
  })
  return chosen.sort((a, b) => a - b).map((at) => all[at]!)
}

/** `count` of these at equal distances; all when there are no more. */
function evenly<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all]
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)]!)
}
