import type { QueryClient } from '@tanstack/react-query'

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
