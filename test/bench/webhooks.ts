import { createHmac, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import BetterSqlite3 from 'better-sqlite3'
import { join } from 'node:path'
import { Pool } from 'undici'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { eventually } from '../support/core-client.ts'
import { startCoreProcess } from '../support/core-process.ts'
import { addSource } from '../support/hooks.ts'
import { SITE, storedSite } from '../support/stored-site.ts'
import { startBuildService } from './build-service.ts'

/**
 * `npm run bench:webhooks`: 1,000 signed deliveries a second for 30 s against a core in a process of its own, whose rules
 * mark one of 50 tags on 1,000 pages and ask for a build that takes 3 s. Every delivery that was answered 2xx must have
 * been worked through exactly once. `WEBHOOKS_SECONDS` and `WEBHOOKS_PER_SECOND` change the load.
 */
const SECONDS = Number(process.env['WEBHOOKS_SECONDS'] ?? 30)
const PER_SECOND = Number(process.env['WEBHOOKS_PER_SECOND'] ?? 1_000)
const BUILD_MS = 3_000
const TAGS = 50
const TICK_MS = 10

const service = await startBuildService(BUILD_MS)
const site = await storedSite(['http://127.0.0.1:9'])
for (let page = 0; page < 1_000; page++) site.tag(site.page(`/menu/${page}`), 'in_html', `menu:m-${page % TAGS}`)
const settings = {
  originUrl: null,
  edge: { kind: 'any-cache', account: 'bench' },
  builder: { kind: 'hook', host: new URL(service.hookUrl).host, listUrl: null },
  watchSeconds: 86_400,
  links: [],
}
site.db.raw.prepare('UPDATE sites SET settings_json = ?').run(JSON.stringify(settings))
site.db.close()
await keyFileSecrets(site.dataFolder).set(`site:${SITE}:hook`, service.hookUrl)

const core = await startCoreProcess(site.dataFolder)
const source = await addSource(core.client, SITE, 'github')
await core.client.hooks.saveRule({
  siteId: SITE,
  rule: {
    sourceId: source.sourceId,
    events: ['pushed'],
    targets: [{ kind: 'tag', text: 'menu:{menu}' }],
    purge: 'no',
    rebuild: true,
    refresh: false,
    notify: false,
  },
})

const address = new URL(source.address)
const pool = new Pool(address.origin, { connections: 64, pipelining: 1 })
const taken = new Set<string>()
const others = new Map<string, number>()
const tookMs: number[] = []

async function send(): Promise<void> {
  const after = randomUUID()
  const body = JSON.stringify({ ref: 'refs/heads/main', after, menu: `m-${tookMs.length % TAGS}` })
  const signature = `sha256=${createHmac('sha256', source.secret).update(body).digest('hex')}`
  const beganAt = performance.now()
  const outcome = await pool
    .request({
      path: address.pathname,
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': after,
        'x-hub-signature-256': signature,
      },
    })
    .then(
      async (answer) => {
        await answer.body.dump()
        return String(answer.statusCode)
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  tookMs.push(performance.now() - beganAt)
  if (outcome === '202') taken.add(after)
  else others.set(outcome, (others.get(outcome) ?? 0) + 1)
}

const listMs: number[] = []
const asking = new AbortController()
const asker = (async () => {
  while (!asking.signal.aborted) {
    const beganAt = performance.now()
    await core.client.pages.list({ siteId: SITE, limit: 100 })
    listMs.push(performance.now() - beganAt)
    await sleep(100)
  }
})()

const beganAt = performance.now()
const under: Promise<void>[] = []
for (let sent = 0; sent < SECONDS * PER_SECOND;) {
  const due = Math.min(SECONDS * PER_SECOND, Math.floor(((performance.now() - beganAt) / 1_000) * PER_SECOND))
  for (; sent < due; sent++) under.push(send())
  await sleep(TICK_MS)
}
const sentMs = performance.now() - beganAt
await Promise.all(under)
await eventually(
  () => core.client.hooks.receiver(),
  ({ waiting }) => waiting === 0,
  120_000,
)
const doneMs = performance.now() - beganAt
asking.abort()
await asker
// The last build has been asked for when nothing waits for one any more.
await sleep(BUILD_MS * 2 + 1_000)

const rssMb = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${core.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
await core.kill()
const db = new BetterSqlite3(join(site.dataFolder, 'frostline.db'), { readonly: true })
const rows = db
  .prepare<[], { state: string; after: string; rules: number }>(
    `SELECT state, CAST(body AS TEXT) ->> '$.after' AS after, json_array_length(result_json, '$.rules') AS rules FROM hook_events`,
  )
  .all()
const changes = db.prepare<[], { changes: number }>('SELECT sum(changes) AS changes FROM hook_work').get()?.changes ?? 0
db.close()
await pool.close()
await service.stop()

const done = new Set(rows.filter(({ state, rules }) => state === 'done' && rules === 1).map(({ after }) => after))
const lost = [...taken].filter((after) => !done.has(after)).length
const twice = rows.length - new Set(rows.map(({ after }) => after)).size
const p = (list: number[], share: number) =>
  Number((list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(1))
console.log(
  `${taken.size} of ${SECONDS * PER_SECOND} answered 202 in ${(sentMs / 1_000).toFixed(1)} s; other answers: ${JSON.stringify(Object.fromEntries(others))}`,
)
console.log(
  `answered in ${p(tookMs, 0.5)} ms (median), ${p(tookMs, 0.95)} ms (p95); all worked through ${((doneMs - sentMs) / 1_000).toFixed(1)} s after the last`,
)
console.log(
  `${lost} lost, ${twice} worked through twice; ${changes} changes in ${service.builds()} builds of ${BUILD_MS / 1_000} s; peak memory of the core ${rssMb.toFixed(0)} MB`,
)
console.log(
  JSON.stringify({
    bench: 'webhooks',
    sent: taken.size,
    processed: done.size,
    lost,
    twice,
    builds: service.builds(),
    changes,
    p95Ms: p(tookMs, 0.95),
    listP95Ms: p(listMs, 0.95),
    rssMb: Math.round(rssMb),
  }),
)
process.exit(lost + twice === 0 && done.size === taken.size ? 0 : 1)
