import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFeatures, type Features } from '#main/features.ts'
import { createChanges } from '#main/platform/changes.ts'
import { systemClock } from '#main/platform/clock.ts'
import { openDatabase } from '#main/platform/database.ts'
import { createHttp } from '#main/platform/http.ts'
import { silentLog } from '#main/platform/log.ts'
import { createNetworkService } from '#main/network/service.ts'
import { PLAIN_SHELL } from '#main/platform/shell-port.ts'
import { startWorkThread } from '#main/platform/workers.ts'
import { startReads } from '#main/reads.ts'
import type { HookTasks } from '#main/hooks-thread.ts'
import type { WorkTasks } from '#main/work-thread.ts'
import { memorySecrets } from './core-client.ts'

/** The features of a core with its real threads and database, for what has no call of its own. */
export async function startTestFeatures(): Promise<{ features: Features; close(): Promise<void> }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-features-'))
  const stop = new AbortController()
  const db = await openDatabase(join(dataFolder, 'frostline.db'))
  const changes = createChanges()
  const secrets = memorySecrets()
  const networkService = await createNetworkService({
    db,
    secrets,
    changes,
    clock: systemClock,
    shell: PLAIN_SHELL,
    environment: {},
  })
  const http = createHttp({ network: networkService.hub })
  const work = startWorkThread<WorkTasks>(new URL('../../main/work-thread.ts', import.meta.url), { dataFolder })
  const hookThread = startWorkThread<HookTasks>(new URL('../../main/hooks-thread.ts', import.meta.url), { dataFolder })
  const reads = startReads(new URL('../../main/read-thread.ts', import.meta.url), { dataFolder })
  const features = createFeatures({
    clock: systemClock,
    dataFolder,
    log: silentLog,
    secrets,
    stopped: stop.signal,
    db,
    changes,
    http,
    networkService,
    shell: PLAIN_SHELL,
    version: 'test',
    logFolder: dataFolder,
    scrub: (text) => text,
    backUp: async () => null,
    damage: () => null,
    work,
    reads,
    hookThread,
  })
  return {
    features,
    async close() {
      stop.abort()
      await features.jobs.stop()
      await work.close()
      await hookThread.close()
      await reads.close()
      networkService.close()
      features.connections.close()
      await http.close()
      db.close()
    },
  }
}
