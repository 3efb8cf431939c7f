import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { EntryStore } from '../../../demo/edge/entry-store.ts'
import { Pop } from '../../../demo/edge/pop.ts'
import { Upstream as DemoUpstream } from '../../../demo/edge/upstream.ts'
import { DemoClock } from '../../../demo/platform/clock.ts'
import { openDatabase } from '../../../demo/platform/database.ts'
import { cacheFolder, type Cache, type Upstream } from './cache.ts'
import { HOSTS } from './hosts.ts'

/** One location of the built-in stack's edge in front of another origin: its rules are CloudFront's. */
export async function startDemoEdge({ port: originPort }: Upstream, name = 'FRA56'): Promise<Cache> {
  const folder = cacheFolder('demo-edge')
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const database = openDatabase(join(folder, 'edge.db'))
  const upstream = new DemoUpstream(`http://127.0.0.1:${originPort}`)
  const pop = new Pop({
    name,
    zones: HOSTS.map((hostname) => ({
      name: 'lollies',
      hostname,
      host: `${hostname}:${port}`,
      url: `http://${hostname}:${port}`,
    })),
    clock: new DemoClock(null, () => {}),
    entries: new EntryStore(database, name),
    upstream,
    originPath: () => '',
  })
  server.on('request', (request, response) => void pop.handle(request, response))
  return {
    name: 'demo edge',
    port,
    purge: async (_, path) => void pop.purge([path]),
    logs: () => '',
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
      await upstream.close()
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
