import type { MessagePort } from 'node:worker_threads'
import { callsOverPort, serveCalls } from './port-calls.ts'
import type { Secrets } from './secrets.ts'

/** Serves the shell's vault to the thread that holds the other end of the port. */
export function serveSecrets(port: MessagePort, secrets: Secrets): void {
  const done = async (work: Promise<void>): Promise<null> => {
    await work
    return null
  }
  serveCalls(port, {
    get: (name = '') => secrets.get(name),
    set: (name = '', value = '') => done(secrets.set(name, value)),
    remove: (name = '') => done(secrets.remove(name)),
    describe: () => secrets.describe(),
  })
}

/** The vault at the other end of the port, as the core sees it. Calls reject once the shell is gone. */
export function secretsOverPort(port: MessagePort): Secrets {
  const ask = callsOverPort(port, 'The shell that keeps the secrets is gone.')
  return {
    get: (name) => ask('get', name),
    set: async (name, value) => void (await ask('set', name, value)),
    remove: async (name) => void (await ask('remove', name)),
    describe: async () => (await ask('describe')) ?? '',
  }
}
