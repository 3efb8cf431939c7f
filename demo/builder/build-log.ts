import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Listener = (line: string | null) => void

/** The logs of all builds: one file each, and the listeners of those that are not over. */
export class BuildLogs {
  readonly #folder: string
  readonly #listeners = new Map<number, Set<Listener>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  write(buildNumber: number, line: string): void {
    appendFileSync(this.#fileOf(buildNumber), `${line}\n`)
    for (const listener of this.#listeners.get(buildNumber) ?? []) listener(line)
  }

  /** The build is over: every stream ends. */
  end(buildNumber: number): void {
    for (const listener of this.#listeners.get(buildNumber) ?? []) listener(null)
    this.#listeners.delete(buildNumber)
  }

  read(buildNumber: number): string {
    const file = this.#fileOf(buildNumber)
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  /** Calls the listener with each later line, and with null at the end. @returns a function that stops it. */
  follow(buildNumber: number, listener: Listener): () => void {
    const listeners = this.#listeners.get(buildNumber) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(buildNumber, listeners)
    return () => listeners.delete(listener)
  }

  #fileOf(buildNumber: number): string {
    return join(this.#folder, `b-${String(buildNumber)}.log`)
  }
}
