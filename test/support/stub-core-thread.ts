import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import * as z from 'zod'
import type { CoreData, FromCore, Identity, ToCore } from '#main/core-protocol.ts'
import { secretsOverPort } from '#main/platform/secrets-port.ts'

// A core of a few calls, to see the shells work without the real one. FROSTLINE_STUB makes it misbehave.
const data: CoreData = workerData
const secrets = secretsOverPort(data.secretsPort)
const say = (message: FromCore): void => parentPort?.postMessage(message)
let work: readonly string[] = []

const base = os.$context<Identity>()
export const stubRouter = {
  echo: base.input(z.string()).handler(({ input }) => input),
  whoAmI: base.handler(({ context }) => ({ person: context.person, role: context.role })),
  keep: base
    .input(z.object({ name: z.string(), value: z.string() }))
    .handler(({ input }) => secrets.set(input.name, input.value)),
  recall: base.input(z.string()).handler(({ input }) => secrets.get(input)),
  pretendBusy: base.input(z.array(z.string())).handler(({ input }) => void (work = input)),
  fall: base.handler(() => void setImmediate(() => process.exit(3))),
  count: base.input(z.number()).handler(async function* ({ input }) {
    for (let number = 1; number <= input; number += 1) yield number
  }),
}
export type StubRouter = typeof stubRouter

const handler = new RPCHandler(stubRouter)

function connect(port: MessagePort, identity: Identity): void {
  handler.upgrade(port, { context: identity })
  port.start()
}

parentPort?.on('message', (message: ToCore) => {
  if (message.type === 'connect') connect(message.port, message.identity)
  if (message.type === 'busy') say({ type: 'busy', id: message.id, work })
  if (message.type === 'close') {
    say({ type: 'closed' })
    process.exit(0)
  }
})

if (process.env['FROSTLINE_STUB'] === 'newer')
  say({ type: 'failed', message: 'The database is newer than this program. Install the newest Frostline.' })
else say({ type: 'ready' })

if (process.env['FROSTLINE_STUB'] === 'falls') setTimeout(() => process.exit(3), 100)
