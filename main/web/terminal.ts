import { createInterface } from 'node:readline'

/** What the browser shell says and hears in the terminal it was started from. */
export interface Terminal {
  say(line: string): void
  /** Calls back each time the person presses Enter. Without a terminal, never. */
  onEnter(listener: () => void): void
  readonly interactive: boolean
  /** Settles at the first Ctrl+C or request to end; the second one ends the process at once. */
  readonly askedToEnd: Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** npm passes on a Ctrl+C that the terminal sent to us as well; that is one wish, not two. */
const ECHO_MS = 500
const INTERRUPTED = 130

/** The process's own terminal. */
export function processTerminal(): Terminal {
  const asked = Promise.withResolvers<void>()
  let firstMs: number | undefined
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      firstMs ??= Date.now()
      if (Date.now() - firstMs > ECHO_MS) process.exit(INTERRUPTED)
      asked.resolve()
    })
  }
  const interactive = process.stdin.isTTY
  return {
    say: (line) => void process.stdout.write(`${line}\n`),
    onEnter(listener) {
      if (interactive) createInterface({ input: process.stdin }).on('line', listener)
    },
    interactive,
    askedToEnd: asked.promise,
  }
}
