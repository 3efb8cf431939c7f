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

/** A price of an item as cost ÷ items, both whole, so that ways are compared without rounding. */
interface Price {
  readonly cost: number
  readonly items: number
  /** Of the steps that save exactly this price, how many are taken. */
  readonly ties: number
}

/** The price at which the point at `index` is a best way. Points on one line share it and differ in the ties they take. */
export function priceFor(points: readonly HullPoint[], index: number): Price {
  const step = (at: number) => ({
    cost: points[at - 1]!.cost - points[at]!.cost,
    items: points[at]!.items - points[at - 1]!.items,
  })
  if (points.length === 1) return { cost: 1, items: 1, ties: 0 }
  if (index === 0) return { ...step(1), ties: 0 }
  const price = step(index)
  const slope = price.cost / price.items
  let ties = 1
  while (index > ties && step(index - ties).cost / step(index - ties).items === slope) ties++
  return { ...price, ties }
}

/** The best way for a price of an item; among equally good ones the one that takes the first `ties` steps more. */
export function wayForPrice(tree: PrefixTree, facts: PathFacts, price: Price): Way {
  const best = new Float64Array(tree.size)
  // How many steps of a node save exactly the price: its own from the wildcard to its parts, or those of its parts.
  const even = new Int32Array(tree.size)
  const whole = new Uint8Array(tree.size)
  for (let node = 0; node < tree.size; node++) {
    let parts = 0
    let evenParts = 0
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) {
      parts += best[child]!
      evenParts += even[child]!
    }
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!)
      parts += price.cost + facts.coldCost[leaf]! * price.items
    const wild = price.cost + tree.cost[node]! * price.items
    whole[node] = wild <= parts ? 1 : 0
    even[node] = wild < parts ? 0 : wild === parts ? 1 : evenParts
    best[node] = Math.min(wild, parts)
  }
  const way: Way = { prefixes: [], paths: [] }
  const open: [node: number, ties: number][] = tree.root === NONE ? [] : [[tree.root, price.ties]]
  while (open.length > 0) {
    const [node, ties] = open.pop()!
    if (whole[node] === 1 && (even[node] === 0 || ties === 0)) {
      way.prefixes.push(node)
      continue
    }
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) way.paths.push(leaf)
    // Below a wildcard that is given up all such steps are taken, since its own step has them in it.
    let left = whole[node] === 1 ? Infinity : ties
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) {
      const taken = Math.min(left, even[child]!)
      open.push([child, taken])
      left -= taken
    }
  }
  return way
}
