import { Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { startCore } from '#main/core-host.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { silentLog } from '#main/platform/log.ts'
import type { Client } from './core-client.ts'

// Starts the core and each of its threads as a shell does, has each answer once, and ends. See threads.test.ts.
const dataFolder = process.argv[2] ?? ''
const core = await startCore({ dataFolder, secrets: keyFileSecrets(dataFolder), log: silentLog, version: 'test', demo: false })
const port = core.connect({ person: 'Test', role: 'owner' })
const client: Client = createORPCClient(new RPCLink({ port }))
port.start()
await client.sites.list()
for (const name of ['work', 'read', 'hooks']) await answerOf(new URL(`../../main/${name}-thread.ts`, import.meta.url))
port.close()
await core.close()

/** Any answer: the thread's own code has run by then. */
async function answerOf(program: URL): Promise<void> {
  const thread = new Worker(program, { workerData: { dataFolder } })
  const answered = new Promise<void>((resolve, reject) => {
    thread.once('message', () => resolve())
    thread.once('error', reject)
  })
  thread.postMessage({ type: 'run', id: 1, task: 'none', input: null })
  await answered
  await thread.terminate()
}
