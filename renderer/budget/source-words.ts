import type { PurgeSource } from '#shared/budget.ts'
import { SOURCE_WORDS } from '#shared/state-words.ts'

/** Whose items: the same colour everywhere on the screen. */
export const SOURCES: Readonly<Record<PurgeSource, { readonly says: string; readonly colour: string }>> = {
  here: { says: SOURCE_WORDS.here, colour: 'var(--fl-accent)' },
  elsewhere: { says: SOURCE_WORDS.elsewhere, colour: 'var(--fl-amber)' },
  outside: { says: SOURCE_WORDS.outside, colour: 'var(--fl-teal)' },
}
