import type { PurgeSource } from '#shared/budget.ts'

/** Whose items: the same colour everywhere on the screen. */
export const SOURCES: Readonly<Record<PurgeSource, { readonly says: string; readonly colour: string }>> = {
  here: { says: 'This Frostline', colour: 'var(--fl-accent)' },
  elsewhere: { says: 'Other Frostlines', colour: 'var(--fl-amber)' },
  outside: { says: 'Outside Frostline', colour: 'var(--fl-teal)' },
}
