import type { ImportInput } from '#main/pages/import-manifest-task.ts'

/** What the benchmark asks of the process that it measures. */
export type Order = { readonly id: number } & (
  | {
      readonly type: 'call'
      readonly path: readonly [feature: string, name: string]
      readonly input: unknown
      readonly wantsValue: boolean
    }
  /** Imports a release on a work thread of its own, beside the core's. */
  | { readonly type: 'import'; readonly input: ImportInput }
  | { readonly type: 'memory' }
)

/** `ms`: how long the call took, seen from where a shell is. */
export interface Answer {
  readonly id: number
  readonly ms: number
  readonly value?: unknown
  readonly error?: string
}
