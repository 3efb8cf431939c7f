import type { MessagePort } from 'node:worker_threads'
import type { Secrets } from './secrets.ts'

type Request = { readonly id: number } & (
  | { readonly do: 'get' | 'remove'; readonly name: string }
  | { readonly do: 'set'; readonly name: string; readonly value: string }
  | { readonly do: 'describe' }
)
type Answer =
  | { readonly id: number; readonly ok: true; readonly value: string | null }
  | { readonly id: number; readonly ok: false; readonly message: string }

/** Serves the shell's vault to the thread that holds the other end of the port. */
export function serveSecrets(port: MessagePort, secrets: Secrets): void {
  port.on('message', (request: Request) => {
    void run(secrets, request).then(
      (value) => answer({ id: request.id, ok: true, value }),
      (error: unknown) => answer({ id: request.id, ok: false, message: sentence(error) }),
    )
  })
  // The vault serves a running core; it is never a reason to keep the program alive.
  port.unref()
  const answer = (message: Answer): void => port.postMessage(message)
}

async function run(secrets: Secrets, request: Request): Promise<string | null> {
  switch (request.do) {
    case 'get':
      return secrets.get(request.name)
    case 'describe':
      return secrets.describe()
    case 'set':
      await secrets.set(request.name, request.value)
      return null
    case 'remove':
      await secrets.remove(request.name)
      return null
  }
}

/** The vault at the other end of the port, as the core sees it. Calls reject once the shell is gone. */
export function secretsOverPort(port: MessagePort): Secrets {
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
    for (const [id, settle] of waiting) settle({ id, ok: false, message: 'The shell that keeps the secrets is gone.' })
    waiting.clear()
  })
  port.unref()

  const ask = (request: (id: number) => Request): Promise<string | null> =>
    new Promise((resolve, reject) => {
      if (!open) return reject(new Error('The shell that keeps the secrets is gone.'))
      const id = nextId++
      waiting.set(id, (answer) => (answer.ok ? resolve(answer.value) : reject(new Error(answer.message))))
      port.ref()
      port.postMessage(request(id))
    })

  return {
    get: (name) => ask((id) => ({ id, do: 'get', name })),
    set: async (name, value) => void (await ask((id) => ({ id, do: 'set', name, value }))),
    remove: async (name) => void (await ask((id) => ({ id, do: 'remove', name }))),
    describe: async () => (await ask((id) => ({ id, do: 'describe' }))) ?? '',
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : 'The vault failed.'
}
