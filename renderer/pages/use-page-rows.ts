import { useQueries } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { PageFilter, PageRow, PageSort } from '#shared/pages.ts'
import { chunksInSight, rowsOf, withChunk, type Chunk } from './page-chunks.ts'
import { pagesQueries } from './queries.ts'

/**
 * The rows of a list as far as somebody scrolled. Only the chunks in sight are asked for, first and again; the others keep
 * what they had, until they come into sight.
 */
export function usePageRows(siteId: string, filter: PageFilter, sort: PageSort) {
  const key = JSON.stringify([siteId, filter, sort])
  const [sight, setSight] = useState({ key, first: 0, last: 0 })
  const [kept, setKept] = useState({ key, chunks: [] as readonly Chunk[] })
  const chunks = kept.key === key ? kept.chunks : NONE
  const asked = chunksInSight(chunks, sight.key === key ? sight : TOP)
  const answers = useQueries({
    queries: asked.map(({ cursor }) => pagesQueries.chunk(siteId, filter, sort, cursor)),
  })
  const [first] = answers
  // One value that moves when any answer does: the list of answers is another one at every drawing.
  const arrived = answers.map(({ dataUpdatedAt }) => dataUpdatedAt).join(' ')

  useEffect(() => {
    setKept((before) => {
      let after = before.key === key ? before.chunks : NONE
      answers.forEach(({ data }, index) => {
        const place = asked[index]
        if (data && place) after = withChunk(after, place, data)
      })
      // While the first rows of another filter are on their way, those of the one before stay.
      return after === before.chunks || after.length === 0 ? before : { key, chunks: after }
    })
    // The answers and what was asked for follow from these.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, arrived])

  const rows: PageRow[] = useMemo(() => rowsOf(kept.chunks), [kept.chunks])
  const show = useCallback((from: number, to: number) => setSight({ key, first: from, last: to }), [key])
  const failed = answers.find(({ isError }) => isError)
  return {
    rows,
    show,
    /** Nothing was read yet, of this list or the one before. */
    isPending: kept.chunks.length === 0 && failed === undefined,
    isRead: kept.chunks.length > 0,
    failed,
    /** By the core's clock, when the list was judged; only a list's first chunk tells. */
    nowMs: asked[0]?.index === 0 ? first?.data?.nowMs : undefined,
  }
}

const NONE: readonly Chunk[] = []
const TOP = { first: 0, last: 0 }
