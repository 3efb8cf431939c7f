import type { QueryClient } from '@tanstack/react-query'

/** Does something when the screen that is shown has its answers and the browser has time. Returns how to give it up. */
export function onceQuiet(queries: QueryClient, run: () => void): () => void {
  let waiting: number | null = null
  const stop = queries.getQueryCache().subscribe(() => {
    if (waiting !== null || queries.isFetching() > 0) return
    waiting = requestIdleCallback(() => {
      stop()
      run()
    })
  })
  return () => {
    stop()
    if (waiting !== null) cancelIdleCallback(waiting)
  }
}
