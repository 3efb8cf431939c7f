/** How long work will take that is done at the pace of the last minute. Instants in Unix milliseconds. */
export interface TimeLeft {
  begin(atMs: number, done: number): void
  reached(atMs: number, done: number): void
  /** Null while the pace is not known. */
  leftMs(still: number): number | null
}

const LOOK_BACK_MS = 60_000
/** Fewer than this would make a guess that jumps about. */
const GUESS_FROM_MS = 2_000

export function createTimeLeft(): TimeLeft {
  let marks: { readonly atMs: number; readonly done: number }[] = []
  return {
    begin(atMs, done) {
      marks = [{ atMs, done }]
    },
    reached(atMs, done) {
      marks.push({ atMs, done })
      while (marks.length > 2 && (marks[1]?.atMs ?? atMs) < atMs - LOOK_BACK_MS) marks.shift()
    },
    leftMs(still) {
      const [first, last] = [marks[0], marks.at(-1)]
      if (!first || !last || last.atMs - first.atMs < GUESS_FROM_MS || last.done === first.done) return null
      return Math.round(((last.atMs - first.atMs) / (last.done - first.done)) * Math.max(0, still))
    },
  }
}
