import type { Way } from './frontier.ts'
import { NONE, type PathFacts, type PrefixTree } from './prefix-tree.ts'

/** A way on the lower convex hull of the trade-off: the best there is for some price of an item. */
export interface HullPoint {
  readonly items: number
  readonly cost: number
}

/** Steps from point to point, the steepest first. */
interface Hull {
  readonly first: HullPoint
  readonly steps: readonly HullPoint[]
}

/**
 * The lower convex hull of the whole trade-off, exactly: the hull of a sum is its parts' steps sorted by slope, and the
 * hull with one more point begins at the tangent from it. Items and cost of the points rise and fall strictly.
 */
export function buildHull(tree: PrefixTree, facts: PathFacts): HullPoint[] {
  const of: (Hull | null)[] = []
  for (let node = 0; node < tree.size; node++) {
    let items = 0
    let cost = 0
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) {
      items++
      cost += facts.coldCost[leaf]!
    }
    const steps: HullPoint[] = []
    let parts = 0
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) {
      const hull = of[child]!
      items += hull.first.items
      cost += hull.first.cost
      for (const step of hull.steps) steps.push(step)
      of[child] = null
      parts++
    }
    if (parts > 1) steps.sort((a, b) => a.cost / a.items - b.cost / b.items)
    of.push(withWildcard(tree.cost[node]!, { first: { items, cost }, steps }))
  }
  const root = of.at(-1)
  if (!root) return []
  const points = [root.first]
  for (const step of root.steps) {
    const last = points.at(-1)!
    points.push({ items: last.items + step.items, cost: last.cost + step.cost })
  }
  return points
}

function withWildcard(wildCost: number, { first, steps }: Hull): Hull {
  if (wildCost === Infinity) return { first, steps }
  const start = { items: 1, cost: wildCost }
  let to = first
  let next = 0
  const slopeTo = (point: HullPoint) => (point.cost - start.cost) / (point.items - start.items)
  for (; next < steps.length; next++) {
    const step = steps[next]!
    if (slopeTo(to) < step.cost / step.items) break
    to = { items: to.items + step.items, cost: to.cost + step.cost }
  }
  if (to.cost >= start.cost) return { first: start, steps: [] }
  return { first: start, steps: [{ items: to.items - start.items, cost: to.cost - start.cost }, ...steps.slice(next)] }
}

/** The price of an item at which the point at `index` is the best way, and no other point is. */
export function priceFor(points: readonly HullPoint[], index: number): number {
  const slope = (at: number) => (points[at]!.cost - points[at + 1]!.cost) / (points[at + 1]!.items - points[at]!.items)
  const below = index + 1 < points.length ? slope(index) : 0
  return index > 0 ? (below + slope(index - 1)) / 2 : below * 2 + 1
}

/** The best way for one price of an item (micro-dollars); among equally good ones the one with fewer items. */
export function wayForPrice(tree: PrefixTree, facts: PathFacts, itemCost: number): Way {
  const best = new Float64Array(tree.size)
  const whole = new Uint8Array(tree.size)
  for (let node = 0; node < tree.size; node++) {
    let parts = 0
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) parts += best[child]!
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) parts += itemCost + facts.coldCost[leaf]!
    const wild = itemCost + tree.cost[node]!
    whole[node] = wild <= parts ? 1 : 0
    best[node] = Math.min(wild, parts)
  }
  const way: Way = { prefixes: [], paths: [] }
  const open = tree.root === NONE ? [] : [tree.root]
  while (open.length > 0) {
    const node = open.pop()!
    if (whole[node] === 1) {
      way.prefixes.push(node)
      continue
    }
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) way.paths.push(leaf)
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) open.push(child)
  }
  return way
}
