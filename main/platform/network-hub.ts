import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { trust } from './certificates.ts'
import { createRoutes, NO_PROXIES, type AskSystem, type Network, type ProxyPlan } from './network.ts'
import { callsOverPort, serveCalls } from './port-calls.ts'
import { outcomeOf, type Outcome } from './reachability.ts'

/** What is in effect; pushed to every thread that reaches out. */
interface InEffect {
  readonly plan: ProxyPlan
  readonly certificates: readonly string[]
  readonly asksSystem: boolean
}

/** The ports of one thread, for its `workerData`. */
export interface NetworkPorts {
  readonly networkPort: MessagePort
  readonly systemPort: MessagePort
}

/** The network of the core thread, which every other thread shares. */
export interface NetworkHub extends Network {
  use(plan: ProxyPlan, certificates: readonly string[]): void
  portsForThread(): NetworkPorts & Readonly<Record<string, MessagePort>>
}

export function createNetworkHub(askSystem: AskSystem | null, hear: (outcome: Outcome) => void): NetworkHub {
  const routes = createRoutes(askSystem)
  const listeners: (() => void)[] = []
  const threads = new Set<MessagePort>()
  let inEffect: InEffect = { plan: NO_PROXIES, certificates: [], asksSystem: askSystem !== null }
  return {
    routeTo: routes.routeTo,
    onChange: (listener) => void listeners.push(listener),
    outcome(url, failure) {
      const outcome = outcomeOf(url, failure)
      if (outcome) hear(outcome)
    },
    use(plan, certificates) {
      inEffect = { ...inEffect, plan, certificates }
      trust(certificates)
      routes.use(plan)
      for (const thread of threads) thread.postMessage(inEffect)
      for (const listener of listeners) listener()
    },
    portsForThread() {
      const told = new MessageChannel()
      const asked = new MessageChannel()
      serveCalls(asked.port1, { ask: async (address = '') => (await askSystem?.(address)) ?? 'DIRECT' })
      told.port1.on('message', hear)
      told.port1.on('close', () => threads.delete(told.port1))
      told.port1.unref()
      told.port1.postMessage(inEffect)
      threads.add(told.port1)
      return { networkPort: told.port2, systemPort: asked.port2 }
    },
  }
}

/** The same network in another thread. What has not been told yet is waited for, so that nothing goes a wrong way. */
export function networkOverPorts({ networkPort, systemPort }: NetworkPorts): Network {
  const ask = callsOverPort(systemPort, 'The core is gone.')
  const first = Promise.withResolvers<void>()
  const listeners: (() => void)[] = []
  let routes: ReturnType<typeof createRoutes> | null = null
  let last: Outcome['kind'] | null = null
  networkPort.on('message', ({ plan, certificates, asksSystem }: InEffect) => {
    routes ??= createRoutes(asksSystem ? async (address) => (await ask('ask', address)) ?? 'DIRECT' : null)
    trust(certificates)
    routes.use(plan)
    first.resolve()
    for (const listener of listeners) listener()
  })
  networkPort.unref()
  return {
    routeTo: (url) => (routes ? routes.routeTo(url) : first.promise.then(() => routes?.routeTo(url) ?? null)),
    onChange: (listener) => void listeners.push(listener),
    outcome(url, failure) {
      const outcome = outcomeOf(url, failure)
      // A check of 10,000 pages is not 10,000 messages: only what is news is told.
      if (outcome === null || (outcome.kind === 'answered' && last === 'answered')) return
      last = outcome.kind
      networkPort.postMessage(outcome)
    },
  }
}
