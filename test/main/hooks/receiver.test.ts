import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SourceSettings } from '#shared/hook-sources.ts'
import { createHooks } from '#main/hooks/service.ts'
import { createDesk } from '#main/hooks/receive.ts'
import { digestText } from '#main/platform/hmac.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { createChanges } from '#main/platform/changes.ts'
import { createHttp } from '#main/platform/http.ts'
import { silentLog } from '#main/platform/log.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startCoreProcess } from '../../support/core-process.ts'
import { addSource, dataOf, deliver, githubSignature } from '../../support/hooks.ts'

let core: RunningCore
let siteId: string
const site = {
  name: 'Example',
  zones: [{ url: 'http://www.example.com' }],
  edge: { kind: 'any-cache' as const },
  watchSeconds: 86_400,
}
beforeAll(async () => {
  core = await startTestCore()
  ;({ siteId } = await core.client.sites.add(site))
})
afterAll(() => core.close())

const push = (secret: string, after = randomUUID()) => {
  const body = JSON.stringify({ ref: 'refs/heads/main', after })
  return [body, { 'x-github-event': 'push', 'x-hub-signature-256': githubSignature(secret, body) }] as const
}

test('no port is open before there is a source; then the same one after every start', async () => {
  const panel = await startTestCore()
  const added = await panel.client.sites.add(site)
  expect(await panel.client.hooks.receiver()).toMatchObject({ state: 'off', port: null })
  const { address } = await addSource(panel.client, added.siteId, 'github')
  const { port } = await panel.client.hooks.receiver()
  expect(new URL(address).host).toBe(`127.0.0.1:${port}`)
  await panel.close()
  const again = await startTestCore({ dataFolder: panel.dataFolder, secrets: keyFileSecrets(panel.dataFolder) })
  // The secrets of the first start were in memory alone, so its source cannot be listened to.
  expect(await again.client.hooks.receiver()).toMatchObject({ state: 'off', port })
  await eventually(
    () => again.client.hooks.sources({ siteId: added.siteId }),
    ([source]) => source?.secretMissing === true,
  )
  await addSource(again.client, added.siteId, 'github')
  expect(await again.client.hooks.receiver()).toMatchObject({ state: 'listening', port })
  await again.close()
})

test('other paths and methods say nothing, and what is too large is refused', async () => {
  const source = await addSource(core.client, siteId, 'github')
  const base = new URL(source.address).origin
  for (const path of ['/', '/in/', `/in/${'a'.repeat(43)}`, '/visit/abc', '/in/../in'])
    expect(await deliver(base + path, '{}', {})).toMatchObject({ status: 404, text: 'Not found\n' })
  expect((await fetch(source.address)).status).toBe(405)
  const large = `{"a":"${'x'.repeat(1_000_001)}"}`
  expect(await deliver(source.address, large, { 'x-hub-signature-256': githubSignature(source.secret, large) })).toMatchObject({
    status: 413,
  })
  expect(await chunked(source.address, 1_200_000)).toBe(413)
  expect((await deliver(source.address, '{}', { 'content-encoding': 'gzip' })).status).toBe(415)
})

/** A body whose length is not told before. */
function chunked(address: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(address, { method: 'POST' }, (answer) => resolve(answer.statusCode ?? 0))
    sending.once('error', reject)
    for (let sent = 0; sent < bytes; sent += 100_000) sending.write(Buffer.alloc(100_000, 32))
    sending.end()
  })
}

test('address and secret are told once and stand in no file in clear; made anew, the ones before are refused', async () => {
  const dataFolder = core.dataFolder
  const source = await addSource(core.client, siteId, 'github')
  const key = source.address.split('/').at(-1) ?? ''
  const listed = JSON.stringify(await core.client.hooks.sources({ siteId }))
  for (const secret of [key, source.secret]) {
    expect(listed).not.toContain(secret)
    for (const file of readdirSync(dataFolder))
      if (/\.(db|db-wal|json|log)$/.test(file)) expect(dataOf(join(dataFolder, file))).not.toContain(secret)
  }
  const next = await core.client.hooks.rotateSource({ sourceId: source.sourceId })
  const [body, headers] = push(source.secret)
  expect((await deliver(source.address, body, headers)).status).toBe(404)
  expect((await deliver(next.address, body, headers)).status).toBe(401)
  expect((await deliver(next.address, ...push(next.secret))).status).toBe(202)
  await core.client.hooks.enableSource({ sourceId: source.sourceId, enabled: false })
  expect((await deliver(next.address, ...push(next.secret))).status).toBe(410)
})

test('with its site a source goes too, and with the site for good its secret', async () => {
  const secrets = memorySecrets()
  const panel = await startTestCore({ secrets })
  const added = await panel.client.sites.add(site)
  const source = await addSource(panel.client, added.siteId, 'github')
  expect(await secrets.get(`hook:${source.sourceId}:secret`)).toBe(source.secret)
  await panel.client.sites.remove({ siteId: added.siteId })
  await eventually(
    () => panel.client.hooks.receiver(),
    ({ state }) => state === 'off',
  )
  expect(await secrets.get(`hook:${source.sourceId}:secret`)).toBe(source.secret)
  await panel.client.siteSettings.erase({ removedId: added.siteId })
  expect(await secrets.get(`hook:${source.sourceId}:secret`)).toBeNull()
  await panel.close()
})

test('refused deliveries are listed with their reason and without their content', async () => {
  const source = await addSource(core.client, siteId, 'github')
  await deliver(source.address, '{"hostile":1}', {})
  const { rows } = await eventually(
    () => core.client.hooks.deliveries({ siteId, sourceId: source.sourceId }),
    (list) => list.rows.length > 0,
  )
  expect(rows[0]).toMatchObject({ state: 'refused', sizeBytes: 0, reason: expect.stringContaining('no signature of GitHub') })
  await expect(core.client.hooks.replay({ deliveryId: rows[0]?.id ?? 0 })).rejects.toThrow(/refused/)
})

test('more than a source may send at once is put off with a time to wait', () => {
  let nowMs = 0
  const store = { store: async () => true, refuse: () => {}, full: false, flush: () => {} }
  const desk = createDesk(() => nowMs, store, { add: () => {} })
  const settings = SourceSettings.parse({})
  const source = { id: 's', kind: 'header' as const, pathHash: digestText('k'.repeat(43)), settings, secret: 'x', enabled: true }
  desk.know({ publicPath: '/relay', sources: [source], visitSites: [] })
  const begin = () => desk.begin({ method: 'POST', target: `/relay/in/${'k'.repeat(43)}`, headers: new Map() })
  const answers = Array.from({ length: 4_001 }, begin)
  expect(answers.findIndex((answer) => 'status' in answer)).toBe(4_000)
  expect(answers.at(-1)).toMatchObject({ status: 429, headers: { 'Retry-After': '1' } })
  nowMs = 1_000
  expect(begin()).toMatchObject({ maxBytes: 1_000_000 })
  const busy = createDesk(() => nowMs, { ...store, full: true }, { add: () => {} })
  busy.know({ publicPath: '', sources: [source], visitSites: [] })
  expect(busy.begin({ method: 'POST', target: `/in/${'k'.repeat(43)}`, headers: new Map() })).toMatchObject({ status: 503 })
})

test('a port that another program has is named, and another one can be chosen', async () => {
  const panel = await startTestCore()
  const added = await panel.client.sites.add(site)
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await panel.client.hooks.saveReceiver({ port, publicUrl: null, keepDays: 30 })
  await addSource(panel.client, added.siteId, 'github')
  expect(await panel.client.hooks.receiver()).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining(`Port ${port} could not be opened`),
  })
  expect(await panel.client.hooks.saveReceiver({ port: 0, publicUrl: null, keepDays: 30 })).toMatchObject({
    state: 'listening',
    problem: null,
  })
  other.close()
  await panel.close()
})

test('while all automation is paused, deliveries are taken and wait; then they are worked through', async () => {
  const { db } = await storedSite()
  let paused = true
  const stop = new AbortController()
  const never = () => new Promise<never>(() => {})
  const hooks = createHooks({
    db,
    clock: Date.now,
    http: createHttp(),
    secrets: memorySecrets(),
    changes: createChanges(),
    log: silentLog,
    stopped: stop.signal,
    thread: { receive: never, know: async () => {} },
    resolve: async () => ({ pageIds: [], refused: [] }),
    mark: () => {},
    note: () => {},
    ports: { requestBuild: never, draftPlan: never, runPlan: never, refresh: never },
    priceOf: never,
    costOf: () => null,
    visited: () => {},
    paused: () => paused,
  })
  db.raw.exec(`INSERT INTO hook_sources VALUES ('s', '${SITE}', 'github', 'GitHub', 'h', '{}', 1, 0, 'Ada');
    INSERT INTO hook_events (source_id, received_at, state, headers_json, body) VALUES ('s', 1, 'waiting', '[]', x'7b7d')`)
  hooks.start()
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(hooks.receiver()).toMatchObject({ paused: true, waiting: 1 })
  paused = false
  await eventually(
    async () => hooks.receiver(),
    ({ waiting }) => waiting === 0,
  )
  stop.abort()
})

test('support sees deliveries and not what is in them, and changes nothing', async () => {
  const support = core.clientFor('support')
  const source = await addSource(core.client, siteId, 'github')
  await deliver(source.address, ...push(source.secret))
  const { rows } = await support.hooks.deliveries({ siteId, sourceId: source.sourceId })
  expect(rows).toHaveLength(1)
  await expect(support.hooks.delivery({ deliveryId: rows[0]?.id ?? 0 })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(support.hooks.replay({ deliveryId: rows[0]?.id ?? 0 })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  await expect(core.clientFor('operator').hooks.rotateSource({ sourceId: source.sourceId })).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
  })
})

test('SIGKILL in the middle of a storm loses none of those that were answered 2xx, and works each through once', async () => {
  const { dataFolder } = await (async () => {
    const panel = await startTestCore()
    await panel.close()
    return panel
  })()
  let process = await startCoreProcess(dataFolder)
  const added = await process.client.sites.add(site)
  const source = await addSource(process.client, added.siteId, 'github')
  const answered = new Set<string>()
  const ended = new AbortController()
  const senders = Array.from({ length: 16 }, async () => {
    while (!ended.signal.aborted) {
      const after = randomUUID()
      const answer = await deliver(source.address, ...push(source.secret, after)).catch(() => null)
      if (answer?.status === 202) answered.add(after)
      else if (answer === null) await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })
  for (const many of [20, 60, 120]) {
    await eventually(
      async () => answered.size,
      (count) => count >= many,
    )
    await process.kill()
    process = await startCoreProcess(dataFolder)
    await eventually(
      () => process.client.hooks.receiver(),
      ({ state }) => state === 'listening',
    )
  }
  ended.abort()
  await Promise.all(senders)
  await eventually(
    () => process.client.hooks.receiver(),
    ({ waiting }) => waiting === 0,
  )
  const seen: string[] = []
  for (let before: number | null = null; ;) {
    const page: Awaited<ReturnType<typeof process.client.hooks.deliveries>> = await process.client.hooks.deliveries({
      siteId: added.siteId,
      before,
      limit: 200,
    })
    for (const { id, state } of page.rows) {
      expect(state).toBe('done')
      seen.push((JSON.parse((await process.client.hooks.delivery({ deliveryId: id })).payload) as { after: string }).after)
    }
    before = page.next
    if (before === null) break
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect([...answered].filter((after) => !seen.includes(after))).toEqual([])
  await process.kill()
}, 120_000)
