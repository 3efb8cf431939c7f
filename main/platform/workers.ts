import { Worker, type MessagePort } from 'node:worker_threads'
import { AppError, errors, type ErrorCode, type ErrorDetails } from '#shared/errors.ts'
import { codeOf } from './failure-code.ts'
import { storageFailure } from './storage-failure.ts'
import { keepCompiledCode, threadEnvironment } from './compiled-code.ts'

/** A function that runs on the work thread. What it reports and returns is copied between the threads. */
export type Task = (input: never, report: (progress: unknown) => void, signal: AbortSignal) => Promise<unknown>
export type Tasks = Readonly<Record<string, Task>>

type ToWork =
  | { readonly type: 'run'; readonly id: number; readonly task: string; readonly input: unknown }
  | { readonly type: 'cancel'; readonly id: number }
type FromWork =
  | { readonly type: 'progress'; readonly id: number; readonly progress: unknown }
  | { readonly type: 'done'; readonly id: number; readonly result: unknown }
  | {
      readonly type: 'failed'
      readonly id: number
      readonly code: string
      readonly message: string
      readonly details: ErrorDetails
      readonly stack: string
      /** What SQLite or the system called it; empty when it was neither. */
      readonly cause: string
    }

type Input<T extends Task> = Parameters<T>[0]
type Progress<T extends Task> = Parameters<Parameters<T>[1]>[0]
type Result<T extends Task> = Awaited<ReturnType<T>>

/** Runs tasks on the work thread from the core thread. */
export interface WorkThread<T extends Tasks> {
  /** Starts the thread, so that the first task finds it running. */
  begin(): void
  run<K extends keyof T & string>(
    task: K,
    input: Input<T[K]>,
    options?: { readonly onProgress?: (progress: Progress<T[K]>) => void; readonly signal?: AbortSignal },
  ): Promise<Result<T[K]>>
  close(): Promise<void>
}

/** Bodies of pages live for a moment: a small nursery is swept often, and the memory of all threads stays small. */
const YOUNG_MB = 16

/**
 * Starts a work thread. When it dies, what was running fails and the next call starts a new one.
 *
 * @param ports made anew for each start, and handed over beside `data`.
 * @param onFailure hears of every task that fails, with what its thread said of the cause.
 */
export function startWorkThread<T extends Tasks>(
  file: URL,
  data: unknown,
  ports: () => Readonly<Record<string, MessagePort>> = () => ({}),
  onFailure: (error: Error) => void = () => {},
): WorkThread<T> {
  interface Running {
    on: Worker
    resolve(value: unknown): void
    reject(error: Error): void
    onProgress?: (progress: never) => void
  }
  const running = new Map<number, Running>()
  let worker: Worker | null = null
  let lastId = 0

  function fail(entry: Running, error: Error): void {
    onFailure(error)
    entry.reject(error)
  }

  function thread(): Worker {
    if (worker) return worker
    const given = ports()
    const started = new Worker(file, {
      workerData: Object.assign({}, data, given),
      transferList: Object.values(given),
      env: threadEnvironment(),
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    })
    started.on('message', (message: FromWork) => {
      const entry = running.get(message.id)
      if (!entry) return
      // The task's own types were checked where it was called; the thread boundary only copies.
      if (message.type === 'progress') return entry.onProgress?.(message.progress as never)
      running.delete(message.id)
      if (message.type === 'done') entry.resolve(message.result)
      else fail(entry, revive(message))
    })
    const lost = (cause: unknown) => {
      if (worker === started) worker = null
      for (const [id, entry] of running) {
        // A thread tells twice that it has fallen; by the second time its successor may be at work.
        if (entry.on !== started) continue
        running.delete(id)
        fail(
          entry,
          new AppError('INTERNAL', 'The work thread stopped. What was running can be started again.', { retryable: true }, cause),
        )
      }
    }
    started.on('error', lost)
    started.on('exit', lost)
    worker = started
    return started
  }

  return {
    begin: () => void thread(),
    run(task, input, options = {}) {
      return new Promise((resolve, reject) => {
        const id = ++lastId
        const { signal, onProgress } = options
        const on = thread()
        const cancel = () => on.postMessage({ type: 'cancel', id } satisfies ToWork)
        const settle = () => signal?.removeEventListener('abort', cancel)
        on.postMessage({ type: 'run', id, task, input } satisfies ToWork)
        running.set(id, {
          on,
          resolve: (value) => {
            settle()
            resolve(value as never)
          },
          reject: (error) => {
            settle()
            reject(error)
          },
          ...(onProgress ? { onProgress } : {}),
        })
        signal?.addEventListener('abort', cancel, { once: true })
        if (signal?.aborted) cancel()
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}

function revive(message: Extract<FromWork, { type: 'failed' }>): AppError {
  const code: ErrorCode = message.code in errors ? (message.code as ErrorCode) : 'INTERNAL'
  const cause = new Error(message.message)
  cause.stack = message.stack
  return new AppError(
    code,
    message.message,
    message.details,
    message.cause === '' ? cause : Object.assign(cause, { code: message.cause }),
  )
}

/** Answers the core thread from inside the work thread. */
export function serveTasks(port: MessagePort, tasks: Tasks): void {
  keepCompiledCode()
  const aborts = new Map<number, AbortController>()
  port.on('message', (message: ToWork) => {
    if (message.type === 'cancel') return aborts.get(message.id)?.abort(new AppError('CONFLICT', 'Cancelled.'))
    const abort = new AbortController()
    aborts.set(message.id, abort)
    const report = (progress: unknown) => port.postMessage({ type: 'progress', id: message.id, progress } satisfies FromWork)
    Promise.resolve()
      .then(() => tasks[message.task]?.(message.input as never, report, abort.signal))
      .then((result) => port.postMessage({ type: 'done', id: message.id, result } satisfies FromWork))
      // Also for a result that cannot be copied: the caller must never wait for ever.
      .catch((error: unknown) => port.postMessage(failure(message.id, error)))
      .finally(() => aborts.delete(message.id))
  })
}

function failure(id: number, error: unknown): FromWork {
  const known = error instanceof AppError ? error : storageFailure(error)
  return {
    type: 'failed',
    id,
    code: known?.code ?? 'INTERNAL',
    message: known?.message ?? 'Something went wrong inside. The log has the details.',
    details: known?.details ?? {},
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    cause: codeOf(error),
  }
}
