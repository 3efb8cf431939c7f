import { readFileSync } from 'node:fs'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { startCore } from '#main/core-host.ts'
import { silentLog } from '#main/platform/log.ts'
import { startWorkThread } from '#main/platform/workers.ts'
import type { WorkTasks } from '#main/work-thread.ts'
import type { Client } from '../support/core-client.ts'
import type { Answer, Order } from './pages-protocol.ts'

// The measured core: its own process with the bundle's core, work and read threads, as people run them, and a client on the
// main thread, where a shell would be. See pages.ts.
const dataFolder = process.argv[2] ?? ''
const program = (name: string) => new URL(`../../dist/main/${name}.js`, import.meta.url)
const noSecrets = { get: async () => null, set: async () => {}, remove: async () => {}, describe: async () => 'none' }
const core = await startCore({
  dataFolder,
  secrets: noSecrets,
  log: silentLog,
  version: 'bench',
  demo: false,
  threadUrl: program('core-thread'),
})
const client: Client = createORPCClient(new RPCLink({ port: core.connect({ person: 'Bench', role: 'owner' }) }))
const bulk = startWorkThread<WorkTasks>(program('work-thread'), { dataFolder })

/** The most memory that the process ever had, in megabytes. Source: proc(5), VmHWM; elsewhere what it has now. */
function peakRssMb(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (kilobytes) return Number(kilobytes) / 1_024
  } catch {
    // No such file on this system.
  }
  return process.memoryUsage().rss / 1_048_576
}

async function call(order: Extract<Order, { type: 'call' }>): Promise<unknown> {
  const [feature, name] = order.path
  const calls = client as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
  return calls[feature]?.[name]?.(order.input)
}

async function obey(order: Order): Promise<Omit<Answer, 'id'>> {
  switch (order.type) {
    case 'call': {
      const beganAt = performance.now()
      const value = await call(order)
      return { ms: performance.now() - beganAt, value: order.wantsValue ? value : cursorOf(value) }
    }
    case 'import':
      return { ms: 0, value: await bulk.run('importManifest', order.input) }
    case 'memory':
      return { ms: 0, value: peakRssMb() }
  }
}

/** Only what the next part of a list needs crosses the process boundary. */
function cursorOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'nextCursor' in value ? { nextCursor: value.nextCursor } : null
}

process.on('disconnect', () => process.exit())
process.on('message', (order: Order) => {
  void obey(order).then(
    (answer) => process.send?.({ id: order.id, ...answer }),
    (error: unknown) => process.send?.({ id: order.id, ms: 0, error: error instanceof Error ? error.message : String(error) }),
  )
})
process.send?.({ id: 0, ms: 0 })
