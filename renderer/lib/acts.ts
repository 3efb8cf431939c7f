import { createContext, useContext } from 'react'
import type { ExportFormat, ExportWish } from '#shared/exporting.ts'
import type { Selection } from '#shared/pages.ts'

/** Pages that something is about to be done with, in words that a dialog can show. */
export interface Target {
  readonly selection: Selection
  /** "41 pages", "pages with pb-menu:main-menu". */
  readonly words: string
}

/** What a screen can have done by other features, without knowing them; the frame puts them together. */
export interface Acts {
  readonly check: (target: Target) => void
  readonly plan: (target: Target) => void
  /** A draft as if all of these had changed: a build first, then what it would purge at most. */
  readonly whatIf: (target: Target) => void
  /** A draft for these lines (paths or addresses) of any site; `build`: with a build first. Nothing is sent. */
  readonly planLines: (siteId: string, lines: readonly string[], build: boolean) => void
  /** A draft that requests these pages through the edge at its end, after what their freshness needs. Nothing is sent. */
  readonly visit: (target: Target) => void
  readonly markAsChanged: (target: Target | null) => void
  readonly newPurge: () => void
  readonly purgeEverything: () => void
  readonly findPages: () => void
  readonly rebuild: () => void
  /** For incidents: nothing starts by itself until somebody resumes it, in the bar that then stands on every screen. */
  readonly pauseAutomation: () => void
  /** Writes a whole list into a file; `expected`: about how many rows, where that is known. */
  readonly exportList: (wish: ExportWish, format: ExportFormat, expected: number | null) => void
}

export const ActsContext = createContext<Acts | null>(null)

export function useActs(): Acts {
  const acts = useContext(ActsContext)
  if (!acts) throw new Error('No acts are offered here.')
  return acts
}
