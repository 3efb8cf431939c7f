import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Role } from '#shared/calls.ts'
import type { Contract } from '#shared/contract.ts'
import { createCore, type Core } from '#main/core.ts'
import { systemClock } from '#main/platform/clock.ts'
import { silentLog, type Log } from '#main/platform/log.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Shell } from '#main/platform/shell-port.ts'

export type Client = ContractRouterClient<Contract>

/** Secrets in memory, as a shell would serve them. */
export function memorySecrets(): Secrets {
  const values = new Map<string, string>()
  return {
    get: async (name) => values.get(name) ?? null,
    set: async (name, value) => void values.set(name, value),
    remove: async (name) => void values.delete(name),
    describe: async () => 'memory',
  }
}

export interface RunningCore {
  readonly core: Core
  readonly client: Client
  readonly dataFolder: string
  clientFor(role: Role): Client
  close(): Promise<void>
}

/** A whole core in this process, with its real work thread and database, and a client over a real MessagePort. */
export async function startTestCore(
  options: {
    readonly dataFolder?: string
    readonly demo?: boolean
    readonly secrets?: Secrets
    readonly log?: Log
    readonly environment?: Readonly<Record<string, string>>
    readonly shell?: Shell
  } = {},
): Promise<RunningCore> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'frostline-core-'))
  const core = await createCore({
    dataFolder,
    programFolder: fileURLToPath(new URL('../..', import.meta.url)),
    workThreadUrl: new URL('../../main/work-thread.ts', import.meta.url),
    readThreadUrl: new URL('../../main/read-thread.ts', import.meta.url),
    secrets: options.secrets ?? memorySecrets(),
    version: 'test',
    demo: options.demo ?? false,
    clock: systemClock,
    ...(options.environment && { environment: options.environment }),
    ...(options.shell && { shell: options.shell }),
    log: options.log ?? silentLog,
  })
  const ports: MessagePort[] = []
  const clientFor = (role: Role): Client => {
    const { port1, port2 } = new MessageChannel()
    core.connect(port2, { person: 'Test', role })
    ports.push(port1 as unknown as MessagePort)
    return createORPCClient(new RPCLink({ port: port1 }))
  }
  return {
    core,
    dataFolder,
    clientFor,
    client: clientFor('owner'),
    async close() {
      for (const port of ports) port.close()
      await core.close()
    },
  }
}

/** Asks until the answer is right; fails with the last answer when it never is. */
export async function eventually<T>(ask: () => Promise<T>, right: (answer: T) => boolean, withinMs = 20_000): Promise<T> {
  const untilMs = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (right(answer)) return answer
    if (Date.now() > untilMs) throw new Error(`still not right: ${JSON.stringify(answer).slice(0, 2_000)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
