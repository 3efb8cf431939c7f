import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Does something when the screen that is shown has its answers and the browser has time. Returns how to give it up. */
export function onceQuiet(queries: QueryClient, run: () => void): () => void {
  let waiting: number | null = null
  const isBusy = () => queries.isFetching() > 0
  const stop = queries.getQueryCache().subscribe(() => {
    if (waiting !== null || isBusy()) return
    waiting = requestIdleCallback(() => {
      waiting = null
      // Between the answers of the frame and the questions of its screen nothing is asked for a moment.
      if (isBusy()) return
      stop()
      run()
    })
  })
  return () => {
    stop()
    if (waiting !== null) cancelIdleCallback(waiting)
  }
}

/** For what a window can do without at first: whether the screen that it opened with has its answers. */
export function useQuiet(): boolean {
  const [isQuiet, setQuiet] = useState(false)
  const queries = useQueryClient()
  useEffect(() => onceQuiet(queries, () => setQuiet(true)), [queries])
  return isQuiet
}
