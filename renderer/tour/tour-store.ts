import { useSyncExternalStore } from 'react'
import * as z from 'zod'
import type { Tour } from './tour-steps.ts'

const STORED = 'frostline-tour'
const Stored = z.object({
  state: z.enum(['running', 'over']),
  startedAtMs: z.number(),
  menuBefore: z.string().nullable(),
  sawWaiting: z.boolean(),
})

const listeners = new Set<() => void>()
let now: Tour | null | undefined

function read(): Tour | null {
  if (now !== undefined) return now
  try {
    now = Stored.parse(JSON.parse(localStorage.getItem(STORED) ?? ''))
  } catch {
    now = null
  }
  return now
}

/** Keeps the tour, so that it goes on after a reload; every place that shows it follows. */
export function writeTour(tour: Tour): void {
  now = tour
  localStorage.setItem(STORED, JSON.stringify(tour))
  for (const tell of listeners) tell()
}

/** The tour of this browser; null before somebody has begun or refused it. */
export function useTour(): Tour | null {
  return useSyncExternalStore((tell) => {
    listeners.add(tell)
    return () => listeners.delete(tell)
  }, read)
}

export const beginTour = (menuBefore: string | null): void =>
  writeTour({ state: 'running', startedAtMs: Date.now(), menuBefore, sawWaiting: false })

export const endTour = (tour: Tour | null): void =>
  writeTour({ ...(tour ?? { startedAtMs: Date.now(), menuBefore: null, sawWaiting: false }), state: 'over' })
