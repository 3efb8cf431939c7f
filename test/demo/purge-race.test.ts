import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { edgeRequest } from '../../demo/edge/cache-key.ts'
import { EntryStore } from '../../demo/edge/entry-store.ts'
import { Fetcher } from '../../demo/edge/fetcher.ts'
import { purgeMatcher } from '../../demo/edge/purge-items.ts'
import { Upstream } from '../../demo/edge/upstream.ts'
import { DemoClock } from '../../demo/platform/clock.ts'
import { openDatabase } from '../../demo/platform/database.ts'
import { zonesAt } from '../../demo/platform/zones.ts'

test('an answer that was on its way during a purge leaves no copy, one asked for afterwards does', async () => {
  const waiting: ServerResponse[] = []
  const origin = createServer((_request, response) => {
    waiting.push(response)
    origin.emit('asked')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => origin.once('listening', resolve))
  const upstream = new Upstream(`http://127.0.0.1:${String((origin.address() as AddressInfo).port)}`)
  const database = openDatabase(':memory:')
  try {
    const zones = zonesAt(4180)
    const [zone] = zones
    if (zone === undefined) throw new Error('There is no zone.')
    const entries = new EntryStore(database, 'FRA56')
    const fetcher = new Fetcher({
      name: 'FRA56',
      zones,
      clock: new DemoClock(null, () => undefined),
      entries,
      upstream,
      originPath: () => '',
    })
    const fetchAfter = async (path: string, meanwhile: () => void): Promise<boolean> => {
      const asked = new Promise((resolve) => origin.once('asked', resolve))
      const fetched = fetcher.fetch(edgeRequest(path, zone, {}))
      await asked
      meanwhile()
      waiting.pop()?.writeHead(200, { 'cache-control': 'max-age=60', 'x-amz-meta-cache-tag': 'menu' }).end('page')
      return (await fetched).stored
    }
    expect(await fetchAfter('/a', () => fetcher.notePurge(purgeMatcher(['/a'], true)))).toBe(false)
    expect(await fetchAfter('/a', () => fetcher.notePurge(purgeMatcher(['#menu'], true)))).toBe(false)
    expect(entries.all()).toEqual([])
    expect(await fetchAfter('/a', () => fetcher.notePurge(purgeMatcher(['/b'], true)))).toBe(true)
    expect(entries.all().map(({ path, tags }) => ({ path, tags }))).toEqual([{ path: '/a', tags: ['menu'] }])
  } finally {
    await upstream.close()
    origin.close()
    database.close()
  }
})
