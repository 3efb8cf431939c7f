import { buildFrontiers, traceWay, type NodeFrontier, type Way } from './frontier.ts'
import { buildHull, priceFor, wayForPrice, type HullPoint } from './hull.ts'
import { buildPrefixTree, NONE, type PathFacts, type PrefixTree } from './prefix-tree.ts'

/** One point of the trade-off between items and pages that go cold. */
export interface Point {
  readonly items: number
  readonly coldCost: number
  /** Null on the hull, where only the cost is known before the way is traced. */
  readonly coldPages: number | null
}

/** The trade-off of paths and prefixes alone, with the way to each of its points. */
export interface PathsSolution {
  /** Every point worth having, up to `exactUpTo` items, fewest items first. Empty when there is none. */
  readonly exact: readonly Point[]
  /** Points of the lower convex hull with more items than that. */
  readonly hull: readonly Point[]
  readonly tree: PrefixTree
  way(point: Point): Way
}

/** @param exactUpTo items up to which the trade-off is exact; above it only its convex hull is known. */
export function solvePaths(facts: PathFacts, exactUpTo: number): PathsSolution {
  const tree = buildPrefixTree(facts)
  if (tree.root === NONE) return withoutTree(facts, tree)
  const frontiers: NodeFrontier[] = buildFrontiers(tree, facts, exactUpTo)
  const top = frontiers[tree.root]!
  const exact = [...top.items].map((items, at) => ({ items, coldCost: top.cost[at]!, coldPages: top.pages[at]! }))
  let wanted = 0
  for (const one of facts.must) wanted += one
  const points: HullPoint[] = wanted > exactUpTo ? buildHull(tree, facts) : []
  const hull = points
    .filter(({ items }) => items > exactUpTo)
    .map(({ items, cost }) => ({ items, coldCost: cost, coldPages: null }))
  return {
    exact,
    hull,
    tree,
    way(point) {
      const at = top.items.indexOf(point.items)
      if (at >= 0) return traceWay(tree, frontiers, tree.root, at)
      const index = points.findIndex(({ items }) => items === point.items)
      return wayForPrice(tree, facts, priceFor(points, index))
    },
  }
}

function withoutTree(facts: PathFacts, tree: PrefixTree): PathsSolution {
  const { only } = tree
  const point: Point =
    only === NONE
      ? { items: 0, coldCost: 0, coldPages: 0 }
      : { items: 1, coldCost: facts.coldCost[only]!, coldPages: facts.coldPages[only]! }
  return { exact: [point], hull: [], tree, way: () => ({ prefixes: [], paths: only === NONE ? [] : [only] }) }
}
