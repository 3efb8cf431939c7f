import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '#main/platform/database.ts'
import type { Client } from '../support/core-client.ts'
import { startCoreProcess } from '../support/core-process.ts'
import { startCachedSite, type CachedSite } from './inspect-site.ts'

// npm run bench:inspect [-- rounds pages]. Compares a check of every page of a site with `curl --parallel` over the same
// addresses, interleaved, behind a real nginx that has all of them in its cache.
const ROUNDS = Number(process.argv[2] ?? 7)
const PAGES = Number(process.argv[3] ?? 10_000)
/** As many requests at a time as the site in this bench lets a check make; curl makes 64. */
const PARALLEL = 32
/** How often the list of pages is asked for while a check runs. */
const LIST_EVERY_MS = 50

if (!existsSync('/usr/sbin/nginx')) {
  console.log('bench:inspect needs nginx at /usr/sbin/nginx (Debian: apt-get install nginx).')
  process.exit(1)
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
const p95 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0

/** One site a round, so that each first check is of pages that were never checked. */
async function seed(folder: string, site: CachedSite): Promise<string[]> {
  const db = await openDatabase(join(folder, 'frostline.db'))
  const ids = Array.from({ length: ROUNDS }, (_, round) => `site-${round}`)
  const settings = JSON.stringify({
    originUrl: null,
    builder: null,
    renderer: null,
    watchSeconds: 86_400,
    links: [],
    edge: {
      kind: 'cloudfront',
      distributionId: 'E2QWRUHAPOMQZL',
      endpoint: 'http://127.0.0.1:9',
      region: 'us-east-1',
      credentials: { kind: 'default' },
      account: 'bench',
    },
  })
  db.transact(() => {
    const addPage = db.raw.prepare(
      `INSERT INTO pages (site_id, zone_id, path, found_at, found_by) VALUES (?, ?, ?, 0, 'sitemap')`,
    )
    ids.forEach((id, index) => {
      db.raw
        .prepare('INSERT INTO sites (id, name, settings_json, discovered_at, created_at) VALUES (?, ?, ?, 1, 0)')
        .run(id, id, settings)
      db.raw
        .prepare('INSERT INTO zones (id, site_id, host, url) VALUES (?, ?, ?, ?)')
        .run(index + 1, id, new URL(site.url).host, site.url)
      db.raw
        .prepare(
          `INSERT INTO inspection_settings (site_id, parallel, renders_at_most, schedule_json, counted_from)
           VALUES (?, ?, 1000, '{"kind":"off"}', 0)`,
        )
        .run(id, PARALLEL)
      for (const path of site.paths) addPage.run(id, index + 1, path)
    })
  })
  db.close()
  return ids
}

/** Checks all pages of a site through the core; milliseconds from the call to the end as a panel sees it. */
async function check(client: Client, siteId: string, listMs: number[]): Promise<number> {
  const over = new AbortController()
  const lists = (async () => {
    while (!over.signal.aborted) {
      const askedAt = performance.now()
      await client.pages.list({ siteId, limit: 100 })
      listMs.push(performance.now() - askedAt)
      await new Promise((resolve) => setTimeout(resolve, LIST_EVERY_MS))
    }
  })()
  const startedAt = performance.now()
  const selection = { filter: {}, exceptPageIds: [] }
  let run = await client.inspection.startRun({ siteId, selection, rendersAtMost: 1_000 })
  while (run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 20))
    run = (await client.inspection.latestRun({ siteId })) ?? run
  }
  const tookMs = performance.now() - startedAt
  over.abort()
  await lists
  if (run.state !== 'done' || run.done !== PAGES || run.failed > 0 || run.renders > 0)
    throw new Error(`The check did not do what it should: ${JSON.stringify(run)}`)
  return tookMs
}

/** The most memory that a process has had at a time. */
function peakRssMb(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1_024)
}

const site = await startCachedSite(PAGES)
const folder = mkdtempSync(join(tmpdir(), 'frostline-bench-core-'))
const siteIds = await seed(folder, site)
const core = await startCoreProcess(folder)
const listMs: number[] = []
const took = { curlCold: [] as number[], cold: [] as number[], curlAgain: [] as number[], again: [] as number[] }
try {
  console.log(
    `${PAGES} pages of about 20 KB behind nginx, ${ROUNDS} rounds; milliseconds. The core has ${peakRssMb(core.pid)} MB at its start.`,
  )
  for (const [round, siteId] of siteIds.entries()) {
    took.curlCold.push(await site.curl())
    took.cold.push(await check(core.client, siteId, listMs))
    took.curlAgain.push(await site.curl())
    took.again.push(await check(core.client, siteId, listMs))
    const [curl, cold, curl2, again] = Object.values(took).map((values) => Math.round(values[round] ?? 0))
    console.log(`round ${round + 1}: curl ${curl}, first check ${cold}; curl ${curl2}, check again ${again}`)
  }
  const ratio = (curl: readonly number[], ours: readonly number[]) =>
    Number(median(curl.map((ms, round) => ms / (ours[round] ?? 1))).toFixed(3))
  console.log(
    JSON.stringify({
      bench: 'inspect',
      ratio: ratio(took.curlCold, took.cold),
      ratioAgain: ratio(took.curlAgain, took.again),
      rssMb: peakRssMb(core.pid),
      listP95Ms: Number(p95(listMs).toFixed(1)),
    }),
  )
} finally {
  await core.kill()
  await site.stop()
  rmSync(folder, { recursive: true, force: true })
}
