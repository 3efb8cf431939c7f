import { execFileSync, fork, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { PageFilter, PageSort } from '#shared/pages.ts'
import type { TagRow } from '#shared/tags.ts'
import { openDatabase } from '#main/platform/database.ts'
import { createPageReads } from '#main/pages/read-pages-task.ts'
import { checkItem } from '#main/providers/cloudfront/purge-items.ts'
import { FILTERS, SORTS, TEXT_FILTERS } from './pages-cases.ts'
import { BENCH_HOSTS, BENCH_SITE, buildPages, MENU_TAG } from './pages-data.ts'
import type { Answer, Order } from './pages-protocol.ts'

/**
 * The pages and tags screens over many pages, through the router of a core in a process of its own.
 * `npm run bench:pages [-- --pages 100000] [--data FOLDER]`; 1,000,000 pages by default. `--data` keeps what was stored and
 * uses it again. Times are what a shell waits for; "bare" is the same read without router and threads. Ends with one line
 * of JSON.
 */
const { values: options } = parseArgs({ options: { pages: { type: 'string', default: '1000000' }, data: { type: 'string' } } })
const pages = Number(options.pages)
const folder = options.data ?? mkdtempSync(join(tmpdir(), 'frostline-bench-pages-'))
const siteId = BENCH_SITE
const LIMIT = 100
/** The other work is looked at for so long; a whole import of a million pages takes minutes. */
const BUSY_MS = 60_000

interface Measured {
  call(path: readonly [string, string], input: unknown, wantsValue?: boolean): Promise<Answer>
  order(order: { type: 'memory' } | Omit<Extract<Order, { type: 'import' }>, 'id'>): Promise<Answer>
  stop(): void
}

async function startMeasured(): Promise<Measured> {
  const program = fileURLToPath(new URL('pages-core.ts', import.meta.url))
  const child: ChildProcess = fork(program, [folder], { execArgv: [], serialization: 'advanced' })
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  let lastId = 0
  const send = (order: object) =>
    new Promise<Answer>((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      child.send({ id: lastId, ...order })
    })
  await new Promise<void>((resolve, reject) => {
    child.on('message', (answer: Answer) => {
      if (answer.id === 0) return resolve()
      const call = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.error === undefined) call?.resolve(answer)
      else call?.reject(new Error(answer.error))
    })
    child.once('exit', () => reject(new Error('The measured core ended.')))
  })
  return {
    call: (path, input, wantsValue = false) => send({ type: 'call', path, input, wantsValue }),
    order: send,
    stop: () => void child.kill(),
  }
}

const sorted = (times: readonly number[]) => [...times].sort((a, b) => a - b)
const at = (times: readonly number[], part: number) =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
const p95 = (times: readonly number[]) => at(times, 0.95)
const round = (value: number) => Math.round(value * 10) / 10

function say(what: string, times: readonly number[], aim: string): void {
  const [low, middle, high, most] = [0, 0.5, 0.95, 1].map((part) => `${round(at(times, part))}`)
  console.log(`${what.padEnd(46)} ${times.length} calls  min ${low}  p50 ${middle}  p95 ${high}  max ${most} ms  (aim ${aim})`)
}

const listInput = (filter: PageFilter, sort: PageSort, cursor: string | null = null) => ({
  siteId,
  filter,
  sort,
  cursor,
  limit: LIMIT,
})

/** The first rows and the rows after them. */
async function list(core: Measured, filter: PageFilter, sort: PageSort): Promise<number[]> {
  const first = await core.call(['pages', 'list'], listInput(filter, sort))
  const { nextCursor } = first.value as { nextCursor: string | null }
  if (nextCursor === null) return [first.ms]
  return [first.ms, (await core.call(['pages', 'list'], listInput(filter, sort, nextCursor))).ms]
}

async function eachList(core: Measured, filters: readonly PageFilter[]): Promise<number[]> {
  const times: number[] = []
  // Sorts outside: two lists in a row never share a search.
  for (const sort of SORTS) for (const filter of filters) times.push(...(await list(core, filter, sort)))
  return times
}

async function tagsScreen(core: Measured): Promise<number[]> {
  const times: number[] = []
  const ask = async (name: string, input: object) => {
    const answer = await core.call(['tags', name], { siteId, ...input }, true)
    times.push(answer.ms)
    return answer.value
  }
  for (const by of ['name', 'pages', 'old', 'changed'])
    for (const descending of [true, false])
      for (const text of ['', 'product:9', 'author']) {
        const input = { text, sort: { by, descending } }
        const { rows, nextCursor } = (await ask('list', input)) as { rows: TagRow[]; nextCursor: string | null }
        await ask('counts', { tagIds: rows.slice(0, 40).map(({ id }) => id) })
        if (nextCursor !== null) await ask('list', { ...input, cursor: nextCursor })
      }
  for (const tag of [MENU_TAG, 'pb-list', 'product:7']) {
    await ask('crowded', { tag })
    const sort: PageSort = { by: 'freshness', descending: false }
    times.push(...(await list(core, { tag }, sort)))
    times.push((await core.call(['pages', 'counts'], { siteId, filter: { tag } })).ms)
  }
  await ask('marks', {})
  return times
}

/** The same lists without router and threads; the difference of the medians, list by list. */
async function overhead(core: Measured): Promise<number> {
  const db = await openDatabase(join(folder, 'frostline.db'), { migrate: false })
  const bare = createPageReads(db, checkItem)
  await bare.warm(siteId)
  const differences: number[] = []
  for (const filter of FILTERS.slice(0, 12)) {
    const input = listInput(filter, { by: 'checked', descending: true })
    const times: { bare: number[]; call: number[] } = { bare: [], call: [] }
    for (let round = 0; round < 7; round += 1) {
      const beganAt = performance.now()
      await bare.list({ ...input, nowMs: Date.now() })
      times.bare.push(performance.now() - beganAt)
      times.call.push((await core.call(['pages', 'list'], input)).ms)
    }
    differences.push(at(times.call, 0.5) - at(times.bare, 0.5))
  }
  bare.close()
  db.close()
  say('call overhead over the bare read', differences, '≤ 3')
  return Math.max(0, at(differences, 0.5))
}

/** Lists while an inspection, an import and plans run. */
async function busy(core: Measured): Promise<number[]> {
  const others = { run: true }
  const times: number[] = []
  const note = (what: string) => (error: unknown) =>
    console.log(`${what}: ${error instanceof Error ? error.message : String(error)}`)
  const some = { kind: 'filter', filter: { servedAs: ['missing'] }, exceptPageIds: [] }
  const check = core.call(['inspection', 'check'], { siteId, selection: some }).catch(note('inspection'))
  const files = Array.from({ length: Math.min(50_000, pages) }, (_, index) => ({
    host: BENCH_HOSTS[0],
    path: `/lists/chairs?page=${index}`,
    hash: `sha256-${index.toString(16).padStart(64, 'a')}`,
    type: 'text/html; charset=utf-8',
    sizeBytes: 20_000,
    tags: [MENU_TAG],
  }))
  const manifest = { release: 'r2', startedAtMs: Date.now(), files, redirects: [{ from: '/*', to: '/fallback', status: 200 }] }
  const input = { siteId, zones: BENCH_HOSTS.map((host, index) => ({ id: index + 1, host })), manifest, as: 'live' }
  const imported = core.order({ type: 'import', input: input as never }).catch(note('import'))
  const plans = (async () => {
    const selection = { kind: 'filter', filter: { tag: 'product:7' }, exceptPageIds: [] }
    let made = 0
    while (others.run) {
      await core.call(['plans', 'create'], { siteId, selection }).then(() => (made += 1), note('plan'))
      await sleep(1_000)
    }
    console.log(`${made} plans were made meanwhile`)
  })()
  const ended = Promise.race([Promise.all([check, imported]), sleep(BUSY_MS)]).then(() => (others.run = false))
  while (others.run)
    for (const filter of FILTERS)
      for (const sort of SORTS.filter((_, index) => index % 5 === times.length % 5)) {
        times.push((await core.call(['pages', 'list'], listInput(filter, sort))).ms)
        if (!others.run) break
      }
  await Promise.all([ended, plans])
  return times
}

function startSite(): Promise<Server> {
  const body = `<!doctype html><title>Page</title><p>${'x'.repeat(20_000)}</p>`
  const server = createServer((_request, response) =>
    response
      .writeHead(200, {
        'content-type': 'text/html',
        'cache-control': 's-maxage=600',
        'x-cache': 'Hit from cloudfront',
        age: '1',
      })
      .end(body),
  )
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

async function prepare(port: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(join(folder, 'frostline.db'))) {
    const beganAt = performance.now()
    await buildPages(folder, pages, Date.now())
    console.log(`${pages.toLocaleString('en-US')} pages stored in ${Math.round((performance.now() - beganAt) / 1_000)} s`)
  }
  const db = await openDatabase(join(folder, 'frostline.db'))
  db.raw.prepare(`UPDATE zones SET url = 'http://' || host || ':' || ?`).run(port)
  db.close()
}

execFileSync(process.execPath, ['main/build.ts', '--if-old'], {
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  stdio: 'ignore',
})
const site = await startSite()
await prepare((site.address() as AddressInfo).port)
const core = await startMeasured()
try {
  const begin: PageSort = { by: 'path', descending: false }
  console.log(`first rows after ${round((await core.call(['pages', 'list'], listInput({}, begin))).ms)} ms`)
  console.log(`all pages in memory after ${Math.round((await core.call(['pages', 'counts'], { siteId })).ms)} ms`)
  await eachList(core, [{}])
  const plain = await eachList(core, FILTERS)
  say('pages.list, any filter × sort, both parts', plain, '≤ 50')
  const text = await eachList(core, TEXT_FILTERS)
  say('pages.list with text', text, '≤ 150')
  const counts: number[] = []
  for (const filter of [...FILTERS, ...TEXT_FILTERS]) counts.push((await core.call(['pages', 'counts'], { siteId, filter })).ms)
  say('pages.counts', counts, '≤ 500')
  const tags = await tagsScreen(core)
  say('Tags screen', tags, '≤ 50')
  const home: number[] = []
  for (let round = 0; round < 10; round += 1) home.push((await core.call(['home', 'get'], { siteId })).ms)
  say('home', home, '–')
  const quietMb = Number((await core.order({ type: 'memory' })).value)
  const over = await overhead(core)
  const meanwhile = await busy(core)
  say('pages.list while others work', meanwhile, '≤ 100')
  const rssMb = Number((await core.order({ type: 'memory' })).value)
  console.log(`peak memory of the core ${Math.round(quietMb)} MB, with the other work ${Math.round(rssMb)} MB (aim ≤ 400)`)
  console.log(
    JSON.stringify({
      bench: 'pages',
      p95Ms: round(p95(plain)),
      textP95Ms: round(p95(text)),
      countsP95Ms: round(p95(counts)),
      overheadMs: round(over),
      tagsP95Ms: round(p95(tags)),
      busyP95Ms: round(p95(meanwhile)),
      rssMb: Math.round(quietMb),
      busyRssMb: Math.round(rssMb),
    }),
  )
} finally {
  core.stop()
  site.close()
  site.closeAllConnections()
  if (options.data === undefined) rmSync(folder, { recursive: true, force: true })
}
