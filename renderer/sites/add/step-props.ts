import type { ReactNode } from 'react'
import type { DraftState } from './use-draft.ts'

/** What every step is given. */
export interface StepProps {
  readonly state: DraftState
  readonly onNext: () => void
  readonly onBack: () => void
  /** Adds the site now, with what is known; null while that is too early. */
  readonly addNow: ReactNode
}
