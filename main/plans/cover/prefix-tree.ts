import { sharedPrefix } from './safe-prefix.ts'

/**
 * What is known of each distinct path of a distribution, index by index. `paths` is sorted by code units and has no
 * duplicates; costs are whole micro-dollars.
 */
export interface PathFacts {
  readonly paths: readonly string[]
  /** 1 where a page of this path must be purged. */
  readonly must: Uint8Array
  /** What refilling the pages of this path costs that are held and need no purge. */
  readonly coldCost: Float64Array
  readonly coldPages: Float64Array
  /** Pages of this path that a list names which may not be whole, whatever the edge has of them. */
  readonly listed: Float64Array
  /** What a wildcard may cost in pages that are in no list, by the pages it reaches that are in one. Must not decrease. */
  unlistedCost(listed: number): number
  /** 1 where a page may not be purged along with others: the edge would only store its old version again. */
  readonly keep: Uint8Array
}

/** No node, no leaf. */
export const NONE = -1

/**
 * The prefixes that are worth considering: every longest one that some set of wanted paths shares. Nodes are numbered so
 * that a child comes before its parent.
 */
export interface PrefixTree {
  readonly size: number
  /** The paths that the prefix reaches: from `low` to before `high`. */
  readonly low: Int32Array
  readonly high: Int32Array
  /** Characters of the prefix. */
  readonly depth: Int32Array
  /** What one wildcard for it costs in pages that go cold; infinite where it would reach a page to keep. */
  readonly cost: Float64Array
  readonly pages: Float64Array
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  /** Wanted paths that lie directly at this node, as a list through `nextLeaf`. */
  readonly firstLeaf: Int32Array
  readonly nextLeaf: Int32Array
  /** The node above all; `NONE` when fewer than two paths are wanted. */
  readonly root: number
  /** The only wanted path, when there is just one. */
  readonly only: number
}

/** A prefix whose end is not reached yet. */
interface Open {
  depth: number
  readonly low: number
  child: number
  leaf: number
  parts: number
}

/** Builds the tree in one pass over the sorted paths: the intervals of their longest common prefixes. */
export function buildPrefixTree(facts: PathFacts): PrefixTree {
  const { paths, must } = facts
  const count = paths.length
  const costUpTo = sums(facts.coldCost)
  const pagesUpTo = sums(facts.coldPages)
  const keepUpTo = sums(facts.keep)
  const listedUpTo = sums(facts.listed)
  const room = Math.max(
    1,
    must.reduce((sum, one) => sum + one, 0),
  )
  const low = new Int32Array(room)
  const high = new Int32Array(room)
  const depth = new Int32Array(room)
  const cost = new Float64Array(room)
  const pages = new Float64Array(room)
  const firstChild = new Int32Array(room)
  const nextSibling = new Int32Array(room)
  const firstLeaf = new Int32Array(room)
  const nextLeaf = new Int32Array(count)
  let size = 0

  const addLeaf = (to: Open, path: number) => {
    nextLeaf[path] = to.leaf
    to.leaf = path
    to.parts++
  }
  const addChild = (to: Open, node: number) => {
    nextSibling[node] = to.child
    to.child = node
    to.parts++
  }
  const close = (from: Open, end: number, to: Open) => {
    if (from.parts === 0) return
    // A longer prefix, or the path itself, reaches the same wanted paths and fewer others.
    if (from.parts === 1) return from.leaf === NONE ? addChild(to, from.child) : addLeaf(to, from.leaf)
    const node = size++
    low[node] = from.low
    high[node] = end
    depth[node] = from.depth
    const unlisted = facts.unlistedCost(listedUpTo[end]! - listedUpTo[from.low]!)
    cost[node] = keepUpTo[end]! > keepUpTo[from.low]! ? Infinity : costUpTo[end]! - costUpTo[from.low]! + unlisted
    pages[node] = pagesUpTo[end]! - pagesUpTo[from.low]!
    firstChild[node] = from.child
    firstLeaf[node] = from.leaf
    addChild(to, node)
  }

  const above: Open = { depth: 0, low: 0, child: NONE, leaf: NONE, parts: 0 }
  // Every path begins with a slash.
  const open: Open[] = [{ depth: 1, low: 0, child: NONE, leaf: NONE, parts: 0 }]
  for (let at = 0; at < count; at++) {
    const next = at + 1 < count ? Math.max(1, sharedPrefix(paths[at]!, paths[at + 1]!)) : 1
    let top = open[open.length - 1]!
    if (next > top.depth) open.push((top = { depth: next, low: at, child: NONE, leaf: NONE, parts: 0 }))
    if (must[at] === 1) addLeaf(top, at)
    while (top.depth > next) {
      open.pop()
      let outer = open[open.length - 1]!
      if (outer.depth < next) open.push((outer = { depth: next, low: top.low, child: NONE, leaf: NONE, parts: 0 }))
      close(top, at + 1, outer)
      top = outer
    }
  }
  close(open[0]!, count, above)
  const arrays = { low, high, depth, cost, pages, firstChild, nextSibling, firstLeaf, nextLeaf }
  return { ...arrays, size, root: above.child, only: above.leaf }
}

/** Sums up to each index, so that any range is one subtraction. */
function sums(values: Float64Array | Uint8Array): Float64Array {
  const total = new Float64Array(values.length + 1)
  for (let at = 0; at < values.length; at++) total[at + 1] = total[at]! + values[at]!
  return total
}
