import type { PageRow } from '#shared/pages.ts'

/** Rows that were read together; the next ones go on at `nextCursor`. */
export interface Chunk {
  readonly rows: readonly PageRow[]
  readonly nextCursor: string | null
}

/** A chunk's place in the list and where it is read from. */
export interface ChunkPlace {
  readonly index: number
  readonly cursor: string | null
}

/** The next chunk is asked for when this many rows are left below the last one in sight. */
const AHEAD = 40

/** The chunks that hold rows `first` to `last`, and the next one when the end is near. Never empty. */
export function chunksInSight(
  chunks: readonly Chunk[],
  { first, last }: { readonly first: number; readonly last: number },
): ChunkPlace[] {
  const places: ChunkPlace[] = []
  let from = 0
  let cursor: string | null = null
  for (const [index, chunk] of chunks.entries()) {
    const to = from + chunk.rows.length
    if (first < to && last + AHEAD >= from) places.push({ index, cursor })
    if (chunk.nextCursor === null) return places.length > 0 ? places : [{ index, cursor }]
    cursor = chunk.nextCursor
    from = to
  }
  if (last + AHEAD >= from) places.push({ index: chunks.length, cursor })
  return places
}

/** The chunks with one of them read anew. Those behind it stay until they come into sight, unless the list ends here. */
export function withChunk(chunks: readonly Chunk[], { index }: ChunkPlace, read: Chunk): readonly Chunk[] {
  const before = chunks[index]
  if (index > chunks.length || (before?.rows === read.rows && before.nextCursor === read.nextCursor)) return chunks
  const after = read.nextCursor === null ? [] : chunks.slice(index + 1)
  return [...chunks.slice(0, index), { rows: read.rows, nextCursor: read.nextCursor }, ...after]
}

/** All rows, each page once: one that moved may be in the chunk that was read anew and in one that was not. */
export function rowsOf(chunks: readonly Chunk[]): PageRow[] {
  const seen = new Set<number>()
  return chunks.flatMap(({ rows }) => rows.filter(({ id }) => !seen.has(id) && seen.add(id)))
}
