import { NONE, type PathFacts, type PrefixTree } from './prefix-tree.ts'

/**
 * The best ways to purge a part of the tree, by number of items: each has more items than the one before and costs less
 * (in refill, then in cold pages). Nothing between two of them is worth having.
 */
export interface Frontier {
  readonly items: Int32Array
  readonly cost: Float64Array
  readonly pages: Float64Array
  /** What it was put together from; null for a node that is purged as a whole or leaf by leaf. */
  readonly from: readonly [Frontier, Frontier] | null
}

/** The ways of one node: the first may be the wildcard for the node itself; the others are `parts` and its leaves. */
export interface NodeFrontier extends Frontier {
  readonly parts: Frontier | null
  readonly leaves: number
}

const EMPTY: Frontier = { items: Int32Array.of(0), cost: Float64Array.of(0), pages: Float64Array.of(0), from: null }

/** Room to add frontiers up in, one slot for each number of items. */
class Scratch {
  readonly cost: Float64Array
  readonly pages: Float64Array
  constructor(most: number) {
    this.cost = new Float64Array(most + 1).fill(Infinity)
    this.pages = new Float64Array(most + 1).fill(Infinity)
  }
}

/**
 * The exact trade-off of every node for up to `most` items: a dynamic programme from the leaves up. A node costs one item
 * and what its wildcard makes cold, or what its parts cost. Children are added up pairwise, so that a way can be traced
 * back without keeping more than the frontiers themselves.
 */
export function buildFrontiers(tree: PrefixTree, facts: PathFacts, most: number): NodeFrontier[] {
  const scratch = new Scratch(most)
  const of: NodeFrontier[] = []
  for (let node = 0; node < tree.size; node++) {
    let parts: Frontier | null = null
    const children: Frontier[] = []
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) children.push(of[child]!)
    if (children.length > 0) parts = addAll(children.reverse(), most, scratch)
    let leaves = 0
    let leafCost = 0
    let leafPages = 0
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) {
      leaves++
      leafCost += facts.coldCost[leaf]!
      leafPages += facts.coldPages[leaf]!
    }
    of.push(nodeFrontier(tree, node, parts, { leaves, leafCost, leafPages }, most))
  }
  return of
}

function nodeFrontier(
  tree: PrefixTree,
  node: number,
  parts: Frontier | null,
  own: { readonly leaves: number; readonly leafCost: number; readonly leafPages: number },
  most: number,
): NodeFrontier {
  const wildCost = tree.cost[node]!
  const wildPages = tree.pages[node]!
  const items: number[] = []
  const cost: number[] = []
  const pages: number[] = []
  if (wildCost < Infinity && most >= 1) {
    items.push(1)
    cost.push(wildCost)
    pages.push(wildPages)
  }
  const rest = parts ?? EMPTY
  for (let at = 0; at < rest.items.length; at++) {
    const sum = rest.cost[at]! + own.leafCost
    const sumPages = rest.pages[at]! + own.leafPages
    if (rest.items[at]! + own.leaves > most) break
    if (!isLess(sum, sumPages, cost.at(-1) ?? Infinity, pages.at(-1) ?? Infinity)) continue
    items.push(rest.items[at]! + own.leaves)
    cost.push(sum)
    pages.push(sumPages)
  }
  return {
    items: Int32Array.from(items),
    cost: Float64Array.from(cost),
    pages: Float64Array.from(pages),
    from: null,
    parts,
    leaves: own.leaves,
  }
}

function isLess(cost: number, pages: number, otherCost: number, otherPages: number): boolean {
  return cost < otherCost || (cost === otherCost && pages < otherPages)
}

function addAll(all: readonly Frontier[], most: number, scratch: Scratch): Frontier {
  if (all.length === 1) return all[0]!
  const middle = all.length >> 1
  return add(addAll(all.slice(0, middle), most, scratch), addAll(all.slice(middle), most, scratch), most, scratch)
}

/** Every sum of a way of `a` and a way of `b`, less those that another one beats. */
export function add(a: Frontier, b: Frontier, most: number, scratch: Scratch = new Scratch(most)): Frontier {
  const from: [Frontier, Frontier] = [a, b]
  const least = (a.items[0] ?? Infinity) + (b.items[0] ?? Infinity)
  if (least > most) return { items: new Int32Array(0), cost: new Float64Array(0), pages: new Float64Array(0), from }
  const last = Math.min(most, a.items.at(-1)! + b.items.at(-1)!)
  for (let i = 0; i < a.items.length; i++) {
    for (let j = 0; j < b.items.length; j++) {
      const items = a.items[i]! + b.items[j]!
      if (items > most) break
      const cost = a.cost[i]! + b.cost[j]!
      const pages = a.pages[i]! + b.pages[j]!
      if (isLess(cost, pages, scratch.cost[items]!, scratch.pages[items]!)) {
        scratch.cost[items] = cost
        scratch.pages[items] = pages
      }
    }
  }
  let kept = 0
  let [cost, pages] = [Infinity, Infinity]
  for (let at = least; at <= last; at++) {
    if (isLess(scratch.cost[at]!, scratch.pages[at]!, cost, pages)) {
      cost = scratch.cost[at]!
      pages = scratch.pages[at]!
      kept++
    } else scratch.cost[at] = Infinity
  }
  const sum = { items: new Int32Array(kept), cost: new Float64Array(kept), pages: new Float64Array(kept), from }
  for (let at = least, next = 0; at <= last; at++) {
    if (scratch.cost[at]! < Infinity) {
      sum.items[next] = at
      sum.cost[next] = scratch.cost[at]!
      sum.pages[next++] = scratch.pages[at]!
    }
    scratch.cost[at] = Infinity
    scratch.pages[at] = Infinity
  }
  return sum
}

/** What a way consists of: nodes to purge by wildcard, and paths to purge one by one. */
export interface Way {
  readonly prefixes: number[]
  readonly paths: number[]
}

/** The parts of the way at `index` of a node's frontier. Among equal ones the earlier paths get fewer items. */
export function traceWay(tree: PrefixTree, of: readonly NodeFrontier[], node: number, index: number): Way {
  const way: Way = { prefixes: [], paths: [] }
  const nodeOf = new Map<Frontier, number>(of.map((frontier, at) => [frontier, at]))
  const openWays: [Frontier, number][] = [[of[node]!, index]]
  while (openWays.length > 0) {
    const [frontier, at] = openWays.pop()!
    const here = nodeOf.get(frontier)
    if (here !== undefined) {
      const { parts, leaves } = of[here]!
      if (frontier.items[at] === 1) {
        way.prefixes.push(here)
        continue
      }
      for (let leaf = tree.firstLeaf[here]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) way.paths.push(leaf)
      if (parts !== null) openWays.push([parts, parts.items.indexOf(frontier.items[at]! - leaves)])
    } else if (frontier.from !== null) openWays.push(...split(frontier, at))
  }
  return way
}

function split(sum: Frontier, at: number): [Frontier, number][] {
  const [a, b] = sum.from!
  for (let i = 0; i < a.items.length; i++) {
    const j = b.items.indexOf(sum.items[at]! - a.items[i]!)
    const isSum = sum.cost[at] === a.cost[i]! + b.cost[j]! && sum.pages[at] === a.pages[i]! + b.pages[j]!
    if (j >= 0 && isSum) {
      return [
        [a, i],
        [b, j],
      ]
    }
  }
  throw new Error('A sum must have its parts.')
}
