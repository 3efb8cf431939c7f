import { isRecord } from '../platform/state.ts'
import type { Stock } from '../content/stock.ts'

/** What a build process is told. */
export interface BuildJob {
  readonly stock: Stock
  /** Absolute. */
  readonly outputFolder: string
  /** Time that the writing of the pages is spread over, so that a person can watch it; 0: as fast as possible. */
  readonly paceMs: number
}

export interface BuildProgress {
  readonly done: number
  readonly total: number
  readonly phase: string
}

/** What a build process reports. */
export type WorkerMessage =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'progress'; readonly progress: BuildProgress }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly sentence: string }

export function isBuildJob(value: unknown): value is BuildJob {
  return (
    isRecord(value) &&
    isRecord(value['stock']) &&
    typeof value['outputFolder'] === 'string' &&
    typeof value['paceMs'] === 'number'
  )
}

export function isWorkerMessage(value: unknown): value is WorkerMessage {
  if (!isRecord(value)) return false
  const { kind } = value
  if (kind === 'line') return typeof value['text'] === 'string'
  if (kind === 'progress') return isRecord(value['progress'])
  return kind === 'done' || (kind === 'failed' && typeof value['sentence'] === 'string')
}
