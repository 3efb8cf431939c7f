import { fork } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import type { Client } from './core-client.ts'
import { PREPARED_FOLDER } from './prepared-demo.ts'

type Answer = { readonly id: number; readonly value?: unknown; readonly error?: string } | { readonly ready: true }

export interface CoreProcess {
  readonly client: Client
  readonly pid: number
  /** Ends it in the middle of whatever it does: no code of it runs any more. Calls under way are refused. */
  kill(): Promise<void>
}

/** A core in a process of its own, on a data folder that outlives it. */
export async function startCoreProcess(dataFolder: string): Promise<CoreProcess> {
  const child = fork(fileURLToPath(new URL('core-runner.ts', import.meta.url)), [dataFolder], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // What one core compiles, the next one finds: half of its start.
    env: { ...process.env, NODE_COMPILE_CACHE: join(process.env[PREPARED_FOLDER] ?? tmpdir(), 'compiled') },
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const gone = () => {
    for (const call of waiting.values()) call.reject(new Error('The core was killed.'))
    waiting.clear()
  }
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      const answer = message as Answer
      if ('ready' in answer) return resolve()
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.error === undefined) call?.resolve(answer.value)
      else call?.reject(new Error(answer.error))
    })
    child.once('exit', () => {
      gone()
      reject(new Error('The core ended before it was ready.'))
    })
  })
  await ready
  let lastId = 0
  return {
    pid: child.pid ?? 0,
    client: createORPCClient({
      call: (path, input) =>
        new Promise((resolve, reject) => {
          const id = (lastId += 1)
          waiting.set(id, { resolve, reject })
          if (child.connected) child.send({ id, path, input })
          else gone()
        }),
    }),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
