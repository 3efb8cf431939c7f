import { useSyncExternalStore } from 'react'

/** How far the core's clock is ahead of this window's. Times that the core tells are compared with its own clock. */
let aheadMs = 0
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const tick = () => {
  nowMs = Date.now() + aheadMs
  for (const listener of listeners) listener()
}

/** Takes over the core's clock from an answer that carries it. */
export function setCoreNow(coreNowMs: number): void {
  aheadMs = coreNowMs - Date.now()
  // A message takes a few milliseconds; a step in the words for that would be noise.
  if (Math.abs(aheadMs) < 250) aheadMs = 0
}

export function coreNow(): number {
  return Date.now() + aheadMs
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    nowMs = coreNow()
    timer = setInterval(tick, 1_000)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** The core's time in Unix milliseconds, once a second, from one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs)
}
