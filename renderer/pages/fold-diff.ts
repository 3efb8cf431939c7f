import type { BodyDiff } from '#shared/layers.ts'

type Block = NonNullable<BodyDiff['blocks']>[number]

/** A line of a comparison with its numbers in both texts, or lines that are folded away. */
export type DiffRow =
  | {
      readonly kind: Block['kind']
      readonly text: string
      /** From 1; null where the text does not have the line. */
      readonly edge: number | null
      readonly origin: number | null
    }
  | { readonly kind: 'folded'; readonly at: number; readonly count: number }

/** Unchanged lines that stay in sight around a change. */
const CONTEXT = 3

/**
 * The rows of a comparison, with long unchanged runs folded but for those whose block is in `opened`. Folding fewer lines than
 * the note about them takes would hide without saving.
 */
export function foldDiff(blocks: readonly Block[], opened: ReadonlySet<number>): DiffRow[] {
  const rows: DiffRow[] = []
  let [edge, origin] = [1, 1]
  const push = (kind: Block['kind'], lines: readonly string[]) => {
    for (const text of lines) {
      rows.push({ kind, text, edge: kind === 'added' ? null : edge, origin: kind === 'removed' ? null : origin })
      if (kind !== 'added') edge += 1
      if (kind !== 'removed') origin += 1
    }
  }
  blocks.forEach(({ kind, lines }, at) => {
    const before = at === 0 ? 0 : CONTEXT
    const after = at === blocks.length - 1 ? 0 : CONTEXT
    const count = lines.length - before - after
    if (kind !== 'same' || opened.has(at) || count < 2) return push(kind, lines)
    push(kind, lines.slice(0, before))
    rows.push({ kind: 'folded', at, count })
    edge += count
    origin += count
    push(kind, lines.slice(before + count))
  })
  return rows
}
