import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isWorkerMessage, type BuildJob, type WorkerMessage } from './worker-messages.ts'

const demoFolder = fileURLToPath(new URL('..', import.meta.url))
const workerFile = fileURLToPath(new URL('./build-worker.ts', import.meta.url))

export type BuildOutcome = { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly sentence: string }

/** A process that builds, one job after the other; loading Eleventy is a good part of a small build. */
export class BuildProcess {
  readonly #child: ChildProcess
  #onMessage: (message: WorkerMessage) => void = () => undefined
  #settle: ((outcome: BuildOutcome) => void) | null = null
  #usable = true

  constructor() {
    this.#child = fork(workerFile, [], {
      cwd: demoFolder,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    })
    this.#child.on('message', (message) => {
      if (!isWorkerMessage(message)) return
      if (message.kind === 'done') this.#end({ kind: 'succeeded' })
      else if (message.kind === 'failed') this.#end({ kind: 'failed', sentence: message.sentence })
      else this.#onMessage(message)
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n')) if (line.trim() !== '') this.#onMessage({ kind: 'line', text: line })
      })
    }
    this.#child.once('error', (error) => this.#lose(`The build process could not start: ${error.message}`))
    this.#child.once('close', (code, signal) =>
      this.#lose(`The build process ended unexpectedly (${signal ?? `exit code ${String(code)}`}).`),
    )
  }

  /** It has not ended and has no build at hand. */
  get idle(): boolean {
    return this.#usable && this.#settle === null
  }

  /** Builds; never rejects. */
  run(job: BuildJob, onMessage: (message: WorkerMessage) => void): Promise<BuildOutcome> {
    this.#onMessage = onMessage
    return new Promise((resolve) => {
      this.#settle = resolve
      this.#child.send(job, () => undefined)
    })
  }

  /** Ends the process at once; a running build fails when it is gone. */
  kill(): void {
    this.#usable = false
    this.#child.kill('SIGKILL')
  }

  #lose(sentence: string): void {
    this.#usable = false
    this.#end({ kind: 'failed', sentence })
  }

  #end(outcome: BuildOutcome): void {
    const settle = this.#settle
    this.#settle = null
    this.#onMessage = () => undefined
    settle?.(outcome)
  }
}
