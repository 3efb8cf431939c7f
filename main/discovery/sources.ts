import type { Found } from '#shared/discovery.ts'

export interface FindResult {
  readonly found: Found
  /** The first of the new pages. */
  readonly newPageIds: number[]
}

export type FindReport = (progress: { readonly done: number; readonly note: string }) => void
