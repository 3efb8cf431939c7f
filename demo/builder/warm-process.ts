import { BuildProcess } from './build-process.ts'

const keptMs = 10_000
const mostBuilds = 20

/** Keeps the last build's process for a while, because builds often follow one another. */
export class WarmProcess {
  #process: BuildProcess | null = null
  #builds = 0
  #timer: NodeJS.Timeout | null = null

  /** A process without work. */
  take(): BuildProcess {
    this.#stopTimer()
    if (this.#process?.idle !== true || this.#builds >= mostBuilds) {
      this.end()
      this.#process = new BuildProcess()
      this.#builds = 0
    }
    this.#builds += 1
    return this.#process
  }

  /** The build is over. */
  giveBack(): void {
    this.#stopTimer()
    this.#timer = setTimeout(() => this.end(), keptMs)
  }

  end(): void {
    this.#stopTimer()
    this.#process?.kill()
    this.#process = null
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }
}
