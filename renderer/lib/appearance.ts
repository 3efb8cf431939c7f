import { useSyncExternalStore } from 'react'
import * as z from 'zod'
import { remember, remembered } from './remembered.ts'

export const DENSITIES = ['comfortable', 'compact'] as const
export const MOTIONS = ['system', 'reduced'] as const

const Appearance = z.object({
  density: z.enum(DENSITIES).catch('comfortable'),
  /** `reduced` whatever the system says. */
  motion: z.enum(MOTIONS).catch('system'),
})
export type Appearance = z.infer<typeof Appearance>

const NAME = 'appearance'
let current: Appearance = remembered(NAME, Appearance) ?? { density: 'comfortable', motion: 'system' }
const listeners = new Set<() => void>()

/** Has the style sheets follow; `tokens.css` reads these. */
export function applyAppearance(): void {
  document.documentElement.dataset['density'] = current.density
  document.documentElement.dataset['motion'] = current.motion
}

export function setAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change }
  remember(NAME, current)
  applyAppearance()
  for (const listener of listeners) listener()
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
}

/** The height of a table's rows in pixels, as `--fl-row` has it. */
export function useRowPx(): number {
  return useAppearance().density === 'compact' ? 28 : 32
}
