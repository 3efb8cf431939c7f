/** A run of lines that two texts share, or that only one of them has. */
export interface DiffBlock {
  readonly kind: 'same' | 'removed' | 'added'
  readonly lines: readonly string[]
}

/** Beyond this many differing lines the shortest script is not searched for; unique common lines divide the rest. */
const MAX_EDITS = 1_000

/**
 * The lines that differ between two texts, in order; in each changed place the removed lines come first. Joining the lines
 * that are not added gives `before` again, those that are not removed give `after`. Pure.
 *
 * Source: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, with a limit on D; above it, the anchors
 * of patience diff (lines that occur once in both) keep the work near linear.
 */
export function diffLines(before: readonly string[], after: readonly string[]): DiffBlock[] {
  const blocks: { kind: DiffBlock['kind']; lines: string[] }[] = []
  compare(before, after, (kind, lines) => {
    const last = blocks.at(-1)
    if (last?.kind === kind) for (const line of lines) last.lines.push(line)
    else if (lines.length > 0) blocks.push({ kind, lines: [...lines] })
  })
  return inOrder(blocks)
}

type Emit = (kind: DiffBlock['kind'], lines: readonly string[]) => void

function compare(before: readonly string[], after: readonly string[], emit: Emit): void {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head += 1
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  emit('same', before.slice(0, head))
  middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail), emit)
  emit('same', before.slice(before.length - tail))
}

function middle(before: readonly string[], after: readonly string[], emit: Emit): void {
  if (before.length === 0 || after.length === 0) {
    emit('removed', before)
    emit('added', after)
    return
  }
  const common = shortestScript(before, after) ?? anchors(before, after)
  let [x, y] = [0, 0]
  for (const [atBefore, atAfter] of common.pairs) {
    // Between anchors of a long text there is still something to compare; in a shortest script there is nothing.
    between(before.slice(x, atBefore), after.slice(y, atAfter), common.exact, emit)
    emit('same', before.slice(atBefore, atBefore + 1))
    x = atBefore + 1
    y = atAfter + 1
  }
  between(before.slice(x), after.slice(y), common.exact || common.pairs.length === 0, emit)
}

function between(before: readonly string[], after: readonly string[], exact: boolean, emit: Emit): void {
  if (!exact) return compare(before, after, emit)
  emit('removed', before)
  emit('added', after)
}

interface Common {
  /** Indexes of equal lines, ascending in both texts. */
  readonly pairs: readonly (readonly [number, number])[]
  readonly exact: boolean
}

/** The longest common subsequence, or null when more than `MAX_EDITS` lines differ. */
function shortestScript(before: readonly string[], after: readonly string[]): Common | null {
  const most = Math.min(before.length + after.length, MAX_EDITS)
  const width = 2 * most + 2
  const reach = new Int32Array(width).fill(0)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice())
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(reach, k - 1, most) < at(reach, k + 1, most))
      let x = down ? at(reach, k + 1, most) : at(reach, k - 1, most) + 1
      let y = x - k
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x += 1
        y += 1
      }
      reach[k + most] = x
      if (x >= before.length && y >= after.length)
        return { pairs: walkBack(trace, before.length, after.length, most), exact: true }
    }
  }
  return null
}

const at = (reach: Int32Array, k: number, most: number): number => reach[k + most] ?? 0

function walkBack(trace: readonly Int32Array[], xEnd: number, yEnd: number, most: number): [number, number][] {
  const pairs: [number, number][] = []
  let [x, y] = [xEnd, yEnd]
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array(0)
    const k = x - y
    const down = k === -edits || (k !== edits && at(reach, k - 1, most) < at(reach, k + 1, most))
    const fromX = edits === 0 ? 0 : at(reach, down ? k + 1 : k - 1, most)
    const fromY = edits === 0 ? 0 : fromX - (down ? k + 1 : k - 1)
    while (x > fromX && y > fromY) {
      x -= 1
      y -= 1
      pairs.push([x, y])
    }
    x = fromX
    y = fromY
  }
  return pairs.reverse()
}

/** Lines that occur once in both texts, the longest ascending run of them. */
function anchors(before: readonly string[], after: readonly string[]): Common {
  const inAfter = uniqueLines(after)
  const found = [...uniqueLines(before)].flatMap(([line, index]) => {
    const other = inAfter.get(line)
    return other === undefined ? [] : [[index, other] as const]
  })
  return { pairs: longestAscending(found), exact: false }
}

function uniqueLines(lines: readonly string[]): Map<string, number> {
  const seen = new Map<string, number>()
  lines.forEach((line, index) => seen.set(line, seen.has(line) ? -1 : index))
  return new Map([...seen].filter(([, index]) => index >= 0).sort((a, b) => a[1] - b[1]))
}

/** By patience sorting: each pile keeps its smallest end, each card remembers the one before it. */
function longestAscending(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const ends: number[] = []
  const previous: number[] = []
  pairs.forEach(([, value], index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const half = (low + high) >> 1
      if ((pairs[ends[half] ?? 0]?.[1] ?? 0) < value) low = half + 1
      else high = half
    }
    previous[index] = low > 0 ? (ends[low - 1] ?? -1) : -1
    ends[low] = index
  })
  const run: (readonly [number, number])[] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair) run.push(pair)
  }
  return run.reverse()
}

/** Within one changed place removed lines come before added ones, each as one block. */
function inOrder(blocks: readonly DiffBlock[]): DiffBlock[] {
  const ordered: DiffBlock[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = () => {
    if (removed.length > 0) ordered.push({ kind: 'removed', lines: removed })
    if (added.length > 0) ordered.push({ kind: 'added', lines: added })
    removed = []
    added = []
  }
  for (const block of blocks) {
    if (block.kind === 'removed') removed = removed.concat(block.lines)
    else if (block.kind === 'added') added = added.concat(block.lines)
    else {
      flush()
      ordered.push(block)
    }
  }
  flush()
  return ordered
}

/** Lines longer than this are hard to compare by eye. */
const LONG_LINE = 400

/** A text as lines. HTML whose lines are very long is broken before its tags, which changes nothing that is shown. */
export function linesOf(text: string, breakTags: boolean): string[] {
  const lines = text.split(/\r?\n/)
  return breakTags ? lines.flatMap((line) => line.split(/(?<=>)(?=<)/)) : lines
}

/** Whether either of two texts has lines too long to compare by eye. */
export function hasLongLines(...texts: readonly string[]): boolean {
  return texts.some((text) => text.split('\n').some((line) => line.length > LONG_LINE))
}
