/** Before anything is known of a beginning, so many more pages may lie below it. */
const PAGES_BEFORE = 10
/** An item that ends in * always risks one: an image, a feed, a page of yesterday. */
const ALWAYS = 1

/**
 * How much of what a list names has never been checked, from 0 to 1: the best sign of how much it does not name at all. Two
 * checked and two unchecked pages are added, so that a short list proves nothing (Agresti and Coull, 1998).
 */
export function uncheckedShare(unchecked: Uint8Array): number {
  let count = 0
  for (const one of unchecked) count += one
  return (count + 2) / (unchecked.length + 4)
}

/**
 * Pages in no list that an item ending in * is taken to reach. It grows with the pages below its beginning that are listed,
 * but not by a list that is whole.
 */
export function unlistedPages(listed: number, share: number): number {
  return ALWAYS + (listed + PAGES_BEFORE) * share
}
