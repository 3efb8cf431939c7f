import { createContext, useContext } from 'react'

export interface Access {
  readonly person: string
  /** May change state or cost money: operators and owners. */
  readonly mayAct: boolean
  /** May change sites and credentials: owners. */
  readonly mayOwn: boolean
  /** Support may check one page at a time. */
  readonly checksAtMost: number
}

export const AccessContext = createContext<Access>({ person: '', mayAct: false, mayOwn: false, checksAtMost: 1 })

/** What the person at the panel may do. The core refuses the rest anyway; the panel only does not offer it. */
export function useAccess(): Access {
  return useContext(AccessContext)
}
