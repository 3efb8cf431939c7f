import { factsByPath, type CoverInput } from './cover-input.ts'
import { buildPrefixTree, NONE } from './prefix-tree.ts'

/**
 * What every cover costs at least, in micro-dollars: each wanted page pays the smallest share that any item which reaches it
 * could ask of it (a feasible solution of the dual of the covering problem). Items count at their shadow price.
 */
export function lowerBound(input: CoverInput): number {
  const item = input.price.shadowMicroDollars
  const facts = factsByPath(input, null)
  const tree = buildPrefixTree(facts)
  const wantedUpTo = new Float64Array(input.paths.length + 1)
  const wanted = new Float64Array(input.paths.length)
  for (let page = 0; page < input.pathOf.length; page++) {
    if (input.must[page] === 1) wanted[input.pathOf[page]!] = wanted[input.pathOf[page]!]! + 1
  }
  for (let path = 0; path < wanted.length; path++) wantedUpTo[path + 1] = wantedUpTo[path]! + wanted[path]!

  const share = new Float64Array(input.paths.length).fill(Infinity)
  const ofNode = new Float64Array(tree.size).fill(Infinity)
  for (let node = tree.size - 1; node >= 0; node--) {
    const reached = wantedUpTo[tree.high[node]!]! - wantedUpTo[tree.low[node]!]!
    ofNode[node] = Math.min(ofNode[node]!, (item + tree.cost[node]!) / reached)
    for (let child = tree.firstChild[node]!; child !== NONE; child = tree.nextSibling[child]!) ofNode[child] = ofNode[node]!
    for (let leaf = tree.firstLeaf[node]!; leaf !== NONE; leaf = tree.nextLeaf[leaf]!) share[leaf] = ofNode[node]!
  }
  for (let path = 0; path < share.length; path++) {
    if (wanted[path]! > 0) share[path] = Math.min(share[path]!, (item + facts.coldCost[path]!) / wanted[path]!)
  }
  const byTag = new Float64Array(input.pathOf.length).fill(Infinity)
  for (const { pages } of input.tags) {
    const reached = pages.reduce((sum, page) => sum + input.must[page]!, 0)
    // A page that a tag makes cold may be cold by another item as well, and counts once.
    if (reached > 0) for (const page of pages) byTag[page] = Math.min(byTag[page]!, item / reached)
  }
  let bound = 0
  for (let page = 0; page < input.pathOf.length; page++) {
    if (input.must[page] === 1) bound += Math.min(share[input.pathOf[page]!]!, byTag[page]!)
  }
  return bound
}
