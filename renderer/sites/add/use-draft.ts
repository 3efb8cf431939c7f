import { useCallback, useEffect, useState } from 'react'
import type { SiteFormValues } from '../site-form-values.ts'
import { draftText, EMPTY_DRAFT, readDraft, type Draft } from './draft.ts'

const STORED = 'frostline-add-site'

export interface DraftState {
  readonly draft: Draft
  readonly change: (by: (now: Draft) => Draft) => void
  readonly setValues: (change: Partial<SiteFormValues>) => void
  readonly discard: () => void
}

/** The site that is being added. It outlives a reload of the window, but not the window. */
export function useDraft(): DraftState {
  const [draft, change] = useState(() => readDraft(sessionStorage.getItem(STORED)))
  useEffect(() => {
    if (draft === EMPTY_DRAFT) sessionStorage.removeItem(STORED)
    else sessionStorage.setItem(STORED, draftText(draft))
  }, [draft])
  const setValues = useCallback(
    (values: Partial<SiteFormValues>) => change((now) => ({ ...now, values: { ...now.values, ...values } })),
    [],
  )
  const discard = useCallback(() => {
    sessionStorage.removeItem(STORED)
    change(EMPTY_DRAFT)
  }, [])
  return { draft, change, setValues, discard }
}
