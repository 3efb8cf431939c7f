import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { ORPCError, Procedure } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { Role } from '#shared/calls.ts'
import { contract } from '#shared/contract.ts'
import type { ErrorDetails } from '#shared/errors.ts'
import { silentLog } from '#main/platform/log.ts'
import { loopbackDoor } from '#main/web/door.ts'
import { startPanelServer } from '#main/web/panel-server.ts'
import type { Client, RunningCore } from './core-client.ts'
import { WITHOUT_PEOPLE } from './web-shell.ts'

/** A call that the panel made. */
export interface MadeCall {
  /** Such as `plans.start`. */
  readonly name: string
  readonly input: unknown
  /** Aborted once the panel has given the call up. */
  readonly signal: AbortSignal | undefined
}

/** A refusal that the core would give in a situation that a test cannot bring about. */
export interface Refusal extends ErrorDetails {
  readonly call: string
  readonly message: string
}

/** A built panel before a real core, with a line between them that a test can look at, slow down and break. */
export interface PanelOnCore {
  /** Signs a window in as this role, once. */
  address(role?: Role): string
  /** What was called since the test began. */
  readonly calls: MadeCall[]
  /** How often a call of this name was made. */
  times(name: string): number
  /** The next call of this name is refused before the core hears of it. */
  refuse(refusal: Refusal): void
  /** Answers of this name wait until the function that is returned is called. */
  hold(name: string): () => void
  /** Breaks every line, as a crash of the core would. */
  drop(): void
  /** Ends the server, not the core. */
  close(): Promise<void>
}

/** Serves the panel of a folder as the browser shell does, with its content policy, its sign-in and its relay. */
export async function startPanelOn(running: Pick<RunningCore, 'clientFor'>, panelFolder: string): Promise<PanelOnCore> {
  const calls: MadeCall[] = []
  const refusals = new Map<string, Refusal>()
  const held = new Map<string, Promise<void>>()
  const ports = new Set<MessagePort>()

  async function before(call: MadeCall): Promise<void> {
    calls.push(call)
    const refusal = refusals.get(call.name)
    if (refusal) {
      refusals.delete(call.name)
      const { call: _call, message, ...data } = refusal
      throw new ORPCError('BAD_INPUT', { defined: true, message, data })
    }
    await held.get(call.name)
  }
  const server = await startPanelServer({
    core: {
      ...WITHOUT_PEOPLE,
      connect({ role }) {
        const { port1, port2 } = new MessageChannel()
        new RPCHandler(lineTo(running.clientFor(role), before)).upgrade(port2)
        port2.start()
        ports.add(port2)
        return port1
      },
    },
    panelFolder,
    door: loopbackDoor(0),
    log: silentLog,
    open: async () => ({ done: 'window' }),
  })
  return {
    address: (role = 'owner') => server.signInAddress({ person: 'Ada', role }),
    calls,
    times: (wanted) => calls.filter(({ name }) => name === wanted).length,
    refuse: (refusal) => void refusals.set(refusal.call, refusal),
    hold(name) {
      const { promise, resolve } = Promise.withResolvers<void>()
      held.set(name, promise)
      return () => {
        held.delete(name)
        resolve()
      }
    },
    drop() {
      for (const port of ports) port.close()
      ports.clear()
    },
    close: server.close,
  }
}

type Ask = (input: unknown, options: { readonly signal?: AbortSignal }) => Promise<unknown>

/** Every call of the contract, passed on as it is: the core alone reads inputs and words its errors. */
function lineTo(client: Client, before: (call: MadeCall) => Promise<void>) {
  const core = client as unknown as Record<string, Record<string, Ask | undefined> | undefined>
  return Object.fromEntries(
    Object.entries(contract).map(([feature, calls]) => [
      feature,
      Object.fromEntries(
        Object.entries(calls).map(([name, call]) => [
          name,
          new Procedure({
            ...call['~orpc'],
            inputSchema: undefined,
            outputSchema: undefined,
            middlewares: [],
            inputValidationIndex: 0,
            outputValidationIndex: 0,
            async handler({ input, signal }) {
              await before({ name: `${feature}.${name}`, input, signal })
              return core[feature]?.[name]?.(input, signal ? { signal } : {})
            },
          }),
        ]),
      ),
    ]),
  )
}
