import type { MessagePort } from 'node:worker_threads'

interface Request {
  readonly id: number
  readonly call: string
  readonly given: readonly string[]
}
type Answer =
  | { readonly id: number; readonly ok: true; readonly value: string | null }
  | { readonly id: number; readonly ok: false; readonly message: string }

/** What may be called from the other end of a port: texts in, a text or nothing out. */
export type Calls = Readonly<Record<string, (...given: string[]) => Promise<string | null>>>

/** Answers calls from the other end. A call that fails is refused there with the same sentence. */
export function serveCalls(port: MessagePort, calls: Calls): void {
  const answer = (message: Answer): void => port.postMessage(message)
  port.on('message', ({ id, call, given }: Request) => {
    const made = Promise.resolve().then(() => calls[call]?.(...given) ?? null)
    void made.then(
      (value) => answer({ id, ok: true, value }),
      (error: unknown) => answer({ id, ok: false, message: error instanceof Error ? error.message : 'The call failed.' }),
    )
  })
  // It serves a thread; it is never a reason to keep the program alive.
  port.unref()
}

/** Makes calls at the other end. They reject once it is gone, with the sentence `gone`. */
export function callsOverPort(port: MessagePort, gone: string): (call: string, ...given: string[]) => Promise<string | null> {
  const waiting = new Map<number, (answer: Answer) => void>()
  let nextId = 0
  let open = true
  port.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
    if (waiting.size === 0) port.unref()
  })
  port.on('close', () => {
    open = false
    for (const [id, settle] of waiting) settle({ id, ok: false, message: gone })
    waiting.clear()
  })
  port.unref()
  return (call, ...given) =>
    new Promise((resolve, reject) => {
      if (!open) return reject(new Error(gone))
      const id = nextId++
      waiting.set(id, (answer) => (answer.ok ? resolve(answer.value) : reject(new Error(answer.message))))
      port.ref()
      port.postMessage({ id, call, given } satisfies Request)
    })
}
