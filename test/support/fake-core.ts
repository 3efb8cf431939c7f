import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Job, Topic } from '#shared/activity.ts'
import type { Budget } from '#shared/budget.ts'
import type { Role } from '#shared/calls.ts'
import { contract } from '#shared/contract.ts'
import { USUAL_DESKTOP, type DesktopReport, type DesktopSettings } from '#shared/desktop.ts'
import { createTellAll, type TellAll } from '#main/platform/tell-all.ts'
import type { Layer } from '#shared/layers.ts'
import { NOTICE_KINDS, type Notice, type NoticeSettings } from '#shared/notices.ts'
import { KEEP_ALL } from '#shared/page-identity.ts'
import type { PageEntry, PageFilter, PageRow, PageSort, Selection } from '#shared/pages.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Mark } from '#shared/tags.ts'
import { AWS_PROFILES, DISTRIBUTIONS, PERMISSIONS, SITE_LOOK } from '../renderer/fake-add-site.ts'
import type { RescueNote } from '#shared/upkeep.ts'
import { makeChanges, makeDeployRun, makeDeploys, makePreview, makeSwitch } from '../renderer/fake-deploys.ts'
import { makeActivity, makeHome, makeMonth, makeReading, makeSpend, makePurges } from '../renderer/fake-history.ts'
import { makeDelivery, makeDeliveryDetail, makeReceiver, makeRule, makeSource, makeTrial } from '../renderer/fake-hooks.ts'
import { makeUpkeep } from '../renderer/fake-upkeep.ts'
import { makeDesk } from '../renderer/fake-desk.ts'
import { makeVerdict, type WhyInput } from '../renderer/fake-verdict.ts'
import { makeAnswers } from '../renderer/fake-answers.ts'
import { makeCheckSettings, makeRun } from '../renderer/fake-runs.ts'
import { ELEVENTY, makeRule as makeAnswer } from '../renderer/fake-projects.ts'
import { makeCredentials, makeFile, makeImported, makeRemoval, makeRemoved, makeSettings } from '../renderer/fake-settings.ts'
import { makeViews } from '../renderer/fake-views.ts'
import { makeBuild, makeEntry, makeQueue, makePages, makePlan, SITE } from '../renderer/fake-data.ts'

/** What a test may change while the panel looks at it. */
export interface FakeState {
  role: Role
  /** Without it there is no site, as after a first start without the built-in one. */
  hasSite: boolean
  offline: { sinceMs: number; proxy: string | null } | null
  rescue: RescueNote | null
  damage: { sinceMs: number } | null
  budget: Budget
  notices: NoticeSettings
  readonly noticed: TellAll<Notice>
  desktop: { settings: DesktopSettings; report: DesktopReport | null }
  /** What was asked of `diagnosis.why`, which questions were given up, and what the answer waits for. */
  readonly asked: WhyInput[]
  readonly aborted: string[]
  answers: Promise<void>
  /** The next call of this name, such as `plans.start`, is refused with this. */
  refuse: {
    readonly call: string
    readonly message: string
    readonly fix: string
    readonly field?: string
    readonly retryable: boolean
  } | null
}

export interface FakeCore {
  /** Signs a window in, once. */
  readonly address: string
  readonly state: FakeState
  readonly calls: string[]
  tell(...topics: Topic[]): void
  /** Breaks every line, as a crash of the core would. */
  drop(): void
  close(): Promise<void>
}

const PAGES = 400
const LAYER: Layer = {
  atMs: Date.now(),
  status: 200,
  headers: [
    ['cache-control', 'public, max-age=0, s-maxage=2592000'],
    ['etag', '"a"'],
    ['x-cache', 'Hit from cloudfront'],
  ],
  ageSeconds: 1_200,
  lifetimeSeconds: 2_592_000,
  lifetimeRule: 's-maxage=2592000',
  lifetimeBasis: 'edge-policy',
  etag: '"a"',
  bodyHash: `sha256-${'a1'.repeat(32)}`,
  sizeBytes: 5_120,
  tags: [{ tag: 'pb-menu:main-menu', html: true, header: true }],
}
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** The whole contract in memory, served as the browser shell serves it, with the same content policy. */
export async function startFakeCore(panelFolder: string): Promise<FakeCore> {
  const state: FakeState = {
    role: 'owner',
    hasSite: true,
    offline: null,
    rescue: null,
    damage: null,
    refuse: null,
    asked: [],
    aborted: [],
    answers: Promise.resolve(),
    notices: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, true])) as NoticeSettings,
    noticed: createTellAll(),
    desktop: { settings: USUAL_DESKTOP, report: null },
    budget: {
      unit: 'item',
      vendor: 'CloudFront',
      charges: true,
      allowance: 1_000,
      priceMicroDollars: 5_000,
      softLimit: null,
      hardStop: null,
      incidentReserve: 0,
      refillMicroDollars: 600,
      scope: 'the AWS account',
      month: '2026-11',
      used: 3,
      reserved: 0,
      reconciled: false,
      overrunChance: null,
      site: null,
    },
  }
  const calls: string[] = []
  const listeners = new Set<(topics: Topic[]) => void>()
  const tell = (...topics: Topic[]) => {
    for (const listener of listeners) listener(topics)
  }
  const handler = new RPCHandler(createRouter(state, calls, listeners, tell))
  const secret = randomBytes(16).toString('hex')
  const tokens = new Set([randomBytes(16).toString('hex')])

  const server = createServer((request, response) => {
    if (request.url === '/session') {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        const known = [...tokens].some((token) => body.includes(token) && tokens.delete(token))
        response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(known ? { secret } : {}))
      })
      return
    }
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const file = extname(pathname) === '' ? 'index.html' : pathname
    void readFile(join(panelFolder, file)).then(
      (bytes) => {
        const nonce = randomBytes(12).toString('base64')
        const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:*`
        const content = file === 'index.html' ? bytes.toString().replace('__CSP_NONCE__', nonce) : bytes
        response
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': policy,
          })
          .end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  const sockets = new Set<WebSocket>()
  new WebSocketServer({ server, path: '/rpc' }).on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.once('message', (frame: Buffer) => {
      if (frame.toString() !== secret) return socket.close(4401)
      void handler.upgrade(socket, { context: {} })
      socket.send('ok')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  const drop = () => {
    for (const socket of sockets) socket.terminate()
  }
  return {
    address: `http://127.0.0.1:${port}/#token=${[...tokens][0] ?? ''}`,
    state,
    calls,
    tell,
    drop,
    close: () =>
      new Promise((resolve) => {
        drop()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function matches(row: PageRow, filter: PageFilter, freshness = true): boolean {
  return (
    (!filter.text || row.path.includes(filter.text)) &&
    (!filter.tag || row.tags.includes(filter.tag)) &&
    (!filter.servedAs || filter.servedAs.includes(row.servedAs)) &&
    (!filter.zoneIds || filter.zoneIds.includes(row.zoneId)) &&
    (!freshness || !filter.freshness || filter.freshness.includes(row.word))
  )
}

const SORT_VALUE: Record<PageSort['by'], (row: PageRow) => string | number> = {
  path: (row) => row.path,
  freshness: (row) => row.word,
  timeLeft: (row) => row.freshUntilMs ?? 0,
  servedAs: (row) => row.servedAs,
  checked: (row) => row.observedAtMs ?? 0,
  ttfb: (row) => row.ttfbMs ?? 0,
  zone: (row) => row.zoneId,
}

function tally<Word extends string>(words: readonly Word[]): Partial<Record<Word, number>> {
  const counts: Partial<Record<Word, number>> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

function createRouter(
  state: FakeState,
  calls: string[],
  listeners: Set<(topics: Topic[]) => void>,
  tell: (...topics: Topic[]) => void,
) {
  const os = implement(contract).use(({ next, path }) => {
    const call = path.join('.')
    calls.push(call)
    const refusal = state.refuse
    if (refusal?.call !== call) return next()
    state.refuse = null
    const { message, fix, field, retryable } = refusal
    throw new ORPCError('BAD_INPUT', { defined: true, message, data: { fix, field, retryable } })
  })
  const pages = makePages(PAGES, Date.now())
  const entries = new Map([[1, makeEntry()]])
  const startCheck = (pages: number): string => {
    const job: Job = {
      id: `j${jobs.length}`,
      siteId: 's1',
      kind: 'check',
      title: `Check ${pages} pages`,
      state: 'running',
      done: 187,
      total: 344,
      note: '187 checked, 12 stored by this check, 1 failed',
      startedAtMs: Date.now() - 8_000,
      endedAtMs: null,
      canCancel: true,
      paused: null,
      leftMs: null,
    }
    jobs.push(job)
    tell('jobs')
    return job.id
  }
  const changeEntry = (pageId: number, to: Partial<PageEntry>): PageEntry => {
    const entry = { ...(entries.get(pageId) ?? makeEntry()), ...to }
    entries.set(pageId, entry)
    tell('pages')
    return entry
  }
  const jobs: Job[] = []
  let pause: { atMs: number; by: string } | null = null
  const marks: Mark[] = []
  const plans = [
    makePlan('p1'),
    makePlan('p2', { state: 'done', result: '41 of 41 show the new version from here (FRA56). 1 purge used (free).' }),
  ]
  const builds = [
    makeBuild('b3', {
      state: 'running',
      title: 'Rebuild from Frostline',
      endedAtMs: null,
      startedAtMs: Date.now() - 9_000,
      progress: { done: 120, total: 344, phase: 'Rendering pages' },
      release: null,
      canCancel: true,
    }),
    makeBuild('b2', {}),
    makeBuild('b1', { state: 'failed', title: 'Winter menu', error: 'The template lolly.njk is not closed.', release: null }),
  ]
  const chosen = (selection: Selection): PageRow[] =>
    pages.filter((row) => {
      if (selection.kind === 'pages') return selection.pageIds.includes(row.id)
      if (selection.kind === 'filter') return matches(row, selection.filter) && !selection.exceptPageIds.includes(row.id)
      if (selection.kind === 'everything') return true
      return selection.kind === 'tag' ? row.tags.includes(selection.tag) : selection.text.includes(row.path)
    })
  const plan = (id: string): Plan => {
    const found = plans.find((one) => one.id === id)
    if (!found)
      throw new ORPCError('NOT_FOUND', {
        defined: true,
        message: 'There is no such plan.',
        data: { fix: 'Open the list of purges.' },
      })
    return found
  }
  const change = (id: string, to: Partial<Plan>): Plan => {
    plans[plans.indexOf(plan(id))] = { ...plan(id), ...to }
    tell('plans', 'budget')
    return plan(id)
  }
  return os.router({
    activity: {
      me: os.activity.me.handler(() => ({ person: 'Ada', role: state.role, version: 'fake' })),
      jobs: os.activity.jobs.handler(() => [...jobs]),
      pauseJob: os.activity.pauseJob.handler(({ input }) => ({ paused: input.paused })),
      cancelJob: os.activity.cancelJob.handler(({ input }) => {
        for (const job of jobs) if (job.id === input.jobId) Object.assign(job, { state: 'cancelled', endedAtMs: Date.now() })
        tell('jobs')
        return { cancelled: true }
      }),
      log: os.activity.log.handler(({ input }) => {
        const all = makeActivity(30).filter(
          (entry) => (!input.kinds || input.kinds.includes(entry.kind)) && (!input.by || entry.by === input.by),
        )
        return { rows: all.slice(0, input.limit), next: null }
      }),
      people: os.activity.people.handler(() => ['Ada', 'Grace']),
      changes: os.activity.changes.handler(async function* ({ signal }) {
        const queue: Topic[][] = []
        let wake = () => {}
        const listener = (topics: Topic[]) => {
          queue.push(topics)
          wake()
        }
        listeners.add(listener)
        signal?.addEventListener('abort', () => wake())
        try {
          for (;;) {
            if (signal?.aborted) return
            for (let topics = queue.shift(); topics; topics = queue.shift()) yield { topics }
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          }
        } finally {
          listeners.delete(listener)
        }
      }),
    },
    budget: {
      get: os.budget.get.handler(() => state.budget),
      month: os.budget.month.handler(() => makeMonth()),
      purges: os.budget.purges.handler(() => ({ rows: makePurges(), nextCursor: null })),
      spend: os.budget.spend.handler(({ input }) => makeSpend(input.by)),
      reading: os.budget.reading.handler(() => makeReading()),
      reconcile: os.budget.reconcile.handler(() => ({ jobId: 'j1' })),
      saveSite: os.budget.saveSite.handler(() => state.budget),
      items: os.budget.items.handler(() => ['#pb-menu:main-menu', '/feed.xml']),
      save: os.budget.save.handler(({ input }) => {
        const { siteId: _siteId, ...agreed } = input
        state.budget = { ...state.budget, ...agreed }
        tell('budget', 'plans')
        return state.budget
      }),
    },
    buildQueue: {
      get: os.buildQueue.get.handler(() => makeQueue()),
      past: os.buildQueue.past.handler(() => []),
      request: os.buildQueue.request.handler(() => ({ begins: true })),
      runNow: os.buildQueue.runNow.handler(() => ({ begun: true })),
      cancel: os.buildQueue.cancel.handler(() => ({ cancelled: true })),
      save: os.buildQueue.save.handler(({ input }) => input.settings),
    },
    builds: {
      list: os.builds.list.handler(() => [...builds]),
      rule: os.builds.rule.handler(({ input }) => makeAnswer(input.address)),
      trigger: os.builds.trigger.handler(() => builds[0] ?? makeBuild('b0', {})),
      cancel: os.builds.cancel.handler(() => ({ requested: true })),
      log: os.builds.log.handler(async function* () {
        for (let line = 1; line <= 60; line++)
          yield { line: `12:00:${String(line).padStart(2, '0')} wrote /lolly/x${line}/index.html` }
      }),
    },
    credentials: {
      list: os.credentials.list.handler(() => makeCredentials()),
      test: os.credentials.test.handler(() => []),
      rotate: os.credentials.rotate.handler(() => ({ saved: true, findings: [] })),
      remove: os.credentials.remove.handler(() => ({ removed: true })),
    },
    siteSettings: {
      get: os.siteSettings.get.handler(() => makeSettings()),
      test: os.siteSettings.test.handler(() => []),
      change: os.siteSettings.change.handler(() => ({ saved: true, changes: ['name Lollies → Sweets'], findings: [] })),
      lacking: os.siteSettings.lacking.handler(() => [{ siteId: 's1', what: ['the address of the renderer'] }]),
      previewRemoval: os.siteSettings.previewRemoval.handler(() => makeRemoval()),
      removed: os.siteSettings.removed.handler(() => makeRemoved()),
      restore: os.siteSettings.restore.handler(({ input }) => ({ siteId: input.removedId })),
      erase: os.siteSettings.erase.handler(() => ({ erased: true })),
      export: os.siteSettings.export.handler(() => makeFile()),
      readFile: os.siteSettings.readFile.handler(({ input }) => ({ name: input.path, text: JSON.stringify(makeFile()) })),
      previewImport: os.siteSettings.previewImport.handler(() => makeImported()),
      import: os.siteSettings.import.handler(() => makeImported()),
    },
    published: {
      get: os.published.get.handler(() => ({ canRestore: false, held: null })),
      restore: os.published.restore.handler(() => ({ canRestore: false, held: null })),
      letGo: os.published.letGo.handler(() => ({ canRestore: false, held: null })),
    },
    deploys: {
      list: os.deploys.list.handler(() => makeDeploys()),
      changes: os.deploys.changes.handler(({ input }) => makeChanges(input.kind)),
      purgeOf: os.deploys.purgeOf.handler(({ input }) => makePreview(input.releaseId).purge),
      planPurge: os.deploys.planPurge.handler(() => ({ planId: 'p1' })),
      preview: os.deploys.preview.handler(({ input }) => makePreview(input.releaseId)),
      switchTo: os.deploys.switchTo.handler(() => makeSwitch()),
      switchLater: os.deploys.switchLater.handler(() => ({ later: null })),
      cancelLater: os.deploys.cancelLater.handler(() => ({ cancelled: true })),
      unpin: os.deploys.unpin.handler(() => null),
      cancel: os.deploys.cancel.handler(() => makeSwitch()),
    },
    publishing: {
      list: os.publishing.list.handler(() => ({ possible: false, runs: [] })),
      folder: os.publishing.folder.handler(() => makeDeployRun()),
      cancel: os.publishing.cancel.handler(() => makeDeployRun()),
    },
    away: {
      get: os.away.get.handler(() => null),
      dismiss: os.away.dismiss.handler(() => ({ dismissed: true })),
    },
    hooks: {
      receiver: os.hooks.receiver.handler(() => makeReceiver()),
      saveReceiver: os.hooks.saveReceiver.handler(({ input }) => ({ ...makeReceiver(), ...input })),
      sources: os.hooks.sources.handler(() => [makeSource()]),
      addSource: os.hooks.addSource.handler(() => ({
        sourceId: 's',
        address: 'http://127.0.0.1:4870/in/a',
        secret: 'b'.repeat(64),
      })),
      rotateSource: os.hooks.rotateSource.handler(() => ({ sourceId: 's', address: 'http://127.0.0.1:4870/in/c', secret: 'd' })),
      enableSource: os.hooks.enableSource.handler(({ input }) => ({ enabled: input.enabled })),
      removeSource: os.hooks.removeSource.handler(() => ({ removed: true })),
      saveReading: os.hooks.saveReading.handler(() => ({ reading: null })),
      askNow: os.hooks.askNow.handler(({ errors }) => {
        throw errors.NOT_FOUND({ message: 'This source is not asked.', data: {} })
      }),
      rules: os.hooks.rules.handler(() => [makeRule()]),
      saveRule: os.hooks.saveRule.handler(() => ({ ruleId: 'rule1' })),
      removeRule: os.hooks.removeRule.handler(() => ({ removed: true })),
      deliveries: os.hooks.deliveries.handler(() => ({ rows: [makeDelivery()], next: null })),
      delivery: os.hooks.delivery.handler(() => makeDeliveryDetail()),
      replay: os.hooks.replay.handler(() => ({ deliveryId: 8 })),
      tryRule: os.hooks.tryRule.handler(() => makeTrial()),
      visitCheck: os.hooks.visitCheck.handler(() => ({
        enabled: false,
        minutes: 5 as const,
        snippet: null,
        pagesSeen: 0,
        lately: [],
        lastAtMs: null,
      })),
      saveVisitCheck: os.hooks.saveVisitCheck.handler(({ input }) => ({
        ...input,
        snippet: null,
        pagesSeen: 0,
        lastAtMs: null,
        lately: [],
      })),
    },
    home: {
      freshnessOverTime: os.home.freshnessOverTime.handler(() => ({ nowMs: Date.now(), sinceMs: null, samples: [], gapMs: 1 })),
      get: os.home.get.handler(() => makeHome(pages)),
    },
    diagnosis: {
      cost: os.diagnosis.cost.handler(() => ({ site: null, sentence: 'At most 24 requests to Lollies. No purges are used.' })),
      why: os.diagnosis.why.handler(async ({ input, signal }) => {
        state.asked.push(input)
        await state.answers
        if (signal?.aborted) state.aborted.push(input.url)
        return makeVerdict(input)
      }),
    },
    discovery: {
      start: os.discovery.start.handler(() => ({ jobId: 'find' })),
      startFromDisk: os.discovery.startFromDisk.handler(() => ({ jobId: 'find' })),
      crawlCost: os.discovery.crawlCost.handler(() => ({ sentence: 'At most 1,000 requests.', waiting: 0 })),
      result: os.discovery.result.handler(() => ({
        startedAtMs: Date.now() - 5_000,
        state: 'done',
        done: 3,
        note: '2 new, 1 known.',
        found: { added: 2, known: 1, rewritten: 0, notTakenCount: 0, notTaken: [], problems: [] },
      })),
      rules: os.discovery.rules.handler(() => KEEP_ALL),
      previewRules: os.discovery.previewRules.handler(() => ({ total: PAGES, renamed: 0, merged: 0, examples: [] })),
      saveRules: os.discovery.saveRules.handler(() => ({ jobId: 'rules' })),
    },
    inspection: {
      estimate: os.inspection.estimate.handler(({ input }) => {
        const count = chosen(input.selection).length
        return {
          pages: count,
          requestsAtMost: count * 2,
          rendersAtMost: 12,
          sentence: `${count} pages are asked for at the edge. No purges are used.`,
        }
      }),
      answers: os.inspection.answers.handler(() => makeAnswers()),
      layers: os.inspection.layers.handler(({ input }) => ({
        cost: '1 request to the origin, for the host lollies.localhost. No purges are used.',
        edge: { state: 'seen', vantage: 'FRA56', layer: LAYER },
        origin: input.askOrigin
          ? {
              state: 'seen',
              askedHost: 'origin.localhost',
              layer: { ...LAYER, etag: '"b"', bodyHash: `sha256-${'b2'.repeat(32)}` },
            }
          : { state: 'not-asked' },
      })),
      bodies: os.inspection.bodies.handler(() => ({
        atMs: Date.now(),
        edge: { ok: true, status: 200, sizeBytes: 5_120, bodyHash: 'sha256-a', vantage: 'FRA56' },
        origin: { ok: true, status: 200, sizeBytes: 5_130, bodyHash: 'sha256-b', vantage: null },
        blocks: [
          { kind: 'same', lines: Array.from({ length: 12 }, (_, line) => `<p>line ${line}</p>`) },
          { kind: 'removed', lines: ['<p>old</p>'] },
          { kind: 'added', lines: ['<p>new</p>'] },
        ],
        note: null,
      })),
      startRun: os.inspection.startRun.handler(({ input }) => {
        startCheck(chosen({ kind: 'filter', ...input.selection }).length)
        return makeRun({ state: 'running', done: 41, endedAtMs: null })
      }),
      pauseRun: os.inspection.pauseRun.handler(() => makeRun({ state: 'paused', done: 41, endedAtMs: null })),
      resumeRun: os.inspection.resumeRun.handler(() => makeRun({ state: 'running', done: 41, endedAtMs: null })),
      cancelRun: os.inspection.cancelRun.handler(() => makeRun({ state: 'cancelled', done: 41 })),
      latestRun: os.inspection.latestRun.handler(() => null),
      showFirst: os.inspection.showFirst.handler(() => ({ first: 0 })),
      settings: os.inspection.settings.handler(() => makeCheckSettings()),
      saveSettings: os.inspection.saveSettings.handler(({ input }) => ({ ...input.settings, nextAtMs: null })),
      check: os.inspection.check.handler(({ input }) => ({ jobId: startCheck(chosen(input.selection).length) })),
    },
    exporting: { part: os.exporting.part.handler(() => ({ text: 'path\r\n', rows: 1, nextCursor: null })) },
    pageViews: makeViews(() => tell('views')),
    pages: {
      at: os.pages.at.handler(({ input }) => {
        const found = pages.find(({ path }) => path === input.path)
        return found ? { pageId: found.id } : null
      }),
      list: os.pages.list.handler(({ input }) => {
        const value = SORT_VALUE[input.sort.by]
        const rows = pages
          .filter((row) => matches(row, input.filter))
          .sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.id - b.id) * (input.sort.descending ? -1 : 1))
        const from = Number(input.cursor ?? 0)
        return {
          rows: rows.slice(from, from + input.limit),
          nextCursor: from + input.limit < rows.length ? String(from + input.limit) : null,
          nowMs: Date.now(),
        }
      }),
      counts: os.pages.counts.handler(({ input }) => {
        const rows = pages.filter((row) => matches(row, input.filter, false))
        const none = {
          failed: 0,
          unknown: 0,
          error: 0,
          uncached: 0,
          absent: 0,
          pending: 0,
          outdated: 0,
          'stale-allowed': 0,
          expired: 0,
          fresh: 0,
        }
        const noneServed = { static: 0, rendered: 0, fallback: 0, redirect: 0, missing: 0, error: 0, unknown: 0 }
        return {
          total: pages.length,
          matching: pages.filter((row) => matches(row, input.filter)).length,
          byWord: { ...none, ...tally(rows.map((row) => row.word)) },
          byServedAs: { ...noneServed, ...tally(rows.map((row) => row.servedAs)) },
        }
      }),
      get: os.pages.get.handler(({ input }) => {
        const row = pages.find(({ id }) => id === input.pageId)
        if (!row)
          throw new ORPCError('NOT_FOUND', {
            defined: true,
            message: 'There is no such page.',
            data: { fix: 'Go back to the list.' },
          })
        return {
          ...row,
          url: `http://lollies.localhost${row.path}`,
          zoneHost: 'lollies.localhost',
          sentence: 'Visitors get the copy made 20 min ago, seen from here (FRA56).',
          lifetimeRule: 's-maxage=2592000',
          lifetimeBasis: 'edge-policy',
          edgeHash: `sha256-${'a1'.repeat(32)}`,
          originHash: `sha256-${'b2'.repeat(32)}`,
          originBasis: 'manifest',
          ageSeconds: 1_200,
          headers: [
            ['cache-control', 'public, max-age=0, s-maxage=2592000'],
            ['x-cache', 'Hit from cloudfront'],
            ['age', '1200'],
          ],
          tagSources: row.tags.map((tag, index) => ({ tag, html: index !== 1, header: index !== 2 })),
          firstAnswer: null,
          sizeBytes: 5_120,
          siteId: SITE.id,
          chain: [
            { link: 'visitor', says: 'gets an old copy', sinceMs: null, toNext: 'joined' },
            { link: 'browser', says: 'asks the edge at each visit', sinceMs: null, toNext: 'joined' },
            { link: 'edge', says: 'holds a copy (FRA56)', sinceMs: Date.now() - 1_200_000, toNext: 'broken' },
            { link: 'origin', says: 'serves the live release', sinceMs: Date.now() - 840_000, toNext: 'joined' },
            { link: 'build', says: 'Spring menu (8f3c)', sinceMs: Date.now() - 840_000, toNext: 'joined' },
            { link: 'content', says: 'no change was told', sinceMs: null, toNext: null },
          ],
        }
      }),
      entry: os.pages.entry.handler(({ input }) => entries.get(input.pageId) ?? null),
      expire: os.pages.expire.handler(({ input }) => changeEntry(input.pageId, { markedAtMs: Date.now() })),
      refresh: os.pages.refresh.handler(({ input }) =>
        changeEntry(input.pageId, { markedAtMs: null, refreshedAtMs: Date.now(), durationMs: 412 }),
      ),
      history: os.pages.history.handler(() => [
        { atMs: Date.now() - 60_000, first: false, ttfbMs: 12, changes: [{ fact: 'age', from: 'in-date', to: 'past' }] },
        { atMs: Date.now() - 600_000, first: true, ttfbMs: 240, changes: [{ fact: 'status', from: null, to: '200' }] },
      ]),
      discover: os.pages.discover.handler(() => ({ jobId: 'j' })),
    },
    automation: {
      pause: os.automation.pause.handler(() => pause),
      setPaused: os.automation.setPaused.handler(({ input }) => {
        pause = input.paused ? { atMs: Date.now(), by: 'Ada' } : null
        tell('automation')
        return pause
      }),
    },
    advice: { list: os.advice.list.handler(() => ({ advice: [], privatePages: 0 })) },
    visits: {
      watch: os.visits.watch.handler(() => null),
      cancel: os.visits.cancel.handler(() => {
        throw new ORPCError('NOT_FOUND')
      }),
      visited: os.visits.visited.handler(() => ({ outcome: 'not-watched' as const })),
    },
    ...makeUpkeep(state),
    ...makeDesk(state, tell),
    people: {
      list: os.people.list.handler(() => []),
      invite: os.people.invite.handler(() => {
        throw new Error('Nobody is invited to a fake core.')
      }),
      revoke: os.people.revoke.handler(() => {
        throw new Error('Nobody is invited to a fake core.')
      }),
    },
    projects: {
      detect: os.projects.detect.handler(() => ({ detection: ELEVENTY, problem: null })),
      folders: os.projects.folders.handler(() => ({ path: '/home/ada', parent: '/home', folders: ['lollies', 'menus'] })),
      tryOut: os.projects.tryOut.handler(async function* () {
        yield { line: 'Wrote 450 files in 1.2 seconds' }
        yield { outcome: { ok: true, message: 'It works: 450 pages and 12 other files in _site.', tookMs: 1_200 } }
      }),
    },
    plans: {
      list: os.plans.list.handler(() => [...plans]),
      get: os.plans.get.handler(({ input }) => plan(input.planId)),
      itemPages: os.plans.itemPages.handler(({ input }) => ({
        rows: pages.slice(0, input.limit).map((row, at) => ({
          pageId: row.id,
          path: row.path,
          zoneHost: 'lollies.localhost',
          siteName: null,
          wanted: at % 3 !== 0,
          held: true,
        })),
        next: null,
      })),
      pages: os.plans.pages.handler(({ input }) => {
        const reasons: Record<PlanPage['decision'], string> = {
          purge: 'Old copy; the origin is proven newer.',
          'after-build': 'The build decides.',
          'after-refresh': 'The renderer refreshes it first.',
          'when-visited': 'Purged when it is visited; that visitor still sees the old one.',
          expires: 'It expires by itself on {{time:1795600000000}} at the latest; purging costs 1 item.',
          'held-back': 'Purging now would only store the old page again. Build first.',
          'not-needed': 'Already up to date.',
          refused: 'Not a path or an address of this site.',
        }
        const rows = (input.decision ?? []).flatMap((decision) =>
          pages.slice(0, 5).map((row): PlanPage => ({
            pageId: row.id,
            path: row.path,
            zoneHost: 'lollies.localhost',
            decision,
            reason: reasons[decision],
            result: null,
            resultReason: null,
          })),
        )
        return { rows, next: null }
      }),
      create: os.plans.create.handler(({ input }) => {
        const made = makePlan(`p${plans.length + 1}`, input.selection.kind === 'paths' ? { title: 'Pasted paths' } : {})
        plans.unshift(made)
        tell('plans')
        return made
      }),
      revise: os.plans.revise.handler(({ input }) => {
        const { build, purge } = plan(input.planId)
        const wanted = input.build ?? build.wanted
        return change(input.planId, {
          build: { ...build, wanted },
          purge: { ...purge, by: input.by ?? purge.by },
          blocked: wanted ? null : 'Nothing can be purged yet. Build first.',
        })
      }),
      preview: os.plans.preview.handler(() => ({
        itemCount: 1,
        pageCount: 37,
        alsoCold: 0,
        priceMicroDollars: 0,
        allowanceBefore: 997,
        allowanceAtMost: true,
      })),
      lines: os.plans.lines.handler(({ input }) => {
        const lines = input.text.split('\n').filter((line) => line.trim() !== '')
        const refused = lines.flatMap((line, at) =>
          /^[/h]/.test(line) ? [] : [{ number: at + 1, line, says: 'A path begins with a slash.' }],
        )
        return {
          lines: lines.length,
          pages: lines.length - refused.length,
          unlistedCount: 0,
          refusedCount: refused.length,
          unlisted: [],
          refused,
        }
      }),
      refill: os.plans.refill.handler(() => ({
        pages: pages.length,
        cold: 37,
        renders: 12,
        renderMs: 1_200,
        waitMs: 180,
        longestWaitMs: 2_400,
      })),
      start: os.plans.start.handler(({ input }) => {
        const { build, purge, check } = plan(input.planId)
        setTimeout(
          () =>
            change(input.planId, {
              state: 'purging',
              build: { ...build, state: 'done', buildId: 'b3' },
              purge: { ...purge, state: 'running', atMost: false },
            }),
          300,
        )
        setTimeout(
          () =>
            change(input.planId, {
              state: 'done',
              build: { ...build, state: 'done', buildId: 'b3' },
              purge: { ...purge, state: 'done', atMost: false },
              check: { ...check, state: 'done', done: 41, newVersion: 41, vantage: 'FRA56' },
              result: '41 of 41 show the new version from here (FRA56). 1 purge used (free).',
            }),
          900,
        )
        return change(input.planId, {
          state: 'building',
          startedAtMs: Date.now(),
          build: { ...build, state: 'running', buildId: 'b3' },
        })
      }),
      lane: os.plans.lane.handler(() => ({
        waiting: { people: 0, automatic: 0 },
        waits: [],
        inProgress: { items: 0, prefixes: 0, atMost: { items: 3_000, prefixes: 15 } },
      })),
      runNow: os.plans.runNow.handler(({ input }) => {
        const { queue } = plan(input.planId)
        return change(input.planId, { queue: { ...queue, pushedBy: 'Ada' } })
      }),
      cancel: os.plans.cancel.handler(({ input }) =>
        change(input.planId, {
          state: 'cancelled',
          result: 'Cancelled before anything was sent.',
          cancelledFrom: { state: 'draft', title: plan(input.planId).title, build: 'skipped' },
        }),
      ),
      restore: os.plans.restore.handler(({ input }) => change(input.planId, { state: 'draft', result: null })),
    },
    addSite: {
      look: os.addSite.look.handler(() => SITE_LOOK),
      credentials: os.addSite.credentials.handler(() => ({
        profiles: AWS_PROFILES,
        environment: { keys: false, profile: null },
      })),
      distributions: os.addSite.distributions.handler(() => ({
        distributions: DISTRIBUTIONS,
        complete: true,
        best: 'E2QWRUHAPOMQZL',
      })),
      tryPermissions: os.addSite.tryPermissions.handler(() => ({ permissions: PERMISSIONS })),
    },
    sites: {
      list: os.sites.list.handler(() => (state.hasSite ? [SITE] : [])),
      test: os.sites.test.handler(() => ({
        ok: false,
        findings: [
          { part: 'Distribution', field: 'edge.distributionId', ok: true, message: 'answers, 2 behaviours read.', fix: null },
          {
            part: 'Build hook',
            field: 'builder.hookUrl',
            ok: false,
            message: 'refused the connection.',
            fix: 'Start the build service, or correct the address.',
          },
        ],
      })),
      add: os.sites.add.handler(() => ({ siteId: SITE.id })),
      remove: os.sites.remove.handler(() => ({ removed: true })),
    },
    tour: { demo: os.tour.demo.handler(() => ({ comes: false, siteId: null, controlsUrl: null, menu: null })) },
    tags: {
      list: os.tags.list.handler(({ input }) => ({
        rows: Object.entries(tally(pages.flatMap((row) => row.tags)))
          .filter(([tag]) => tag.includes(input.text))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .slice(0, input.limit)
          .map(([tag, count = 0], index) => ({
            id: index + 1,
            tag,
            class: tag.split(':')[0] ?? tag,
            pages: count,
            htmlPages: count,
            headerPages: index % 3 === 0 ? 0 : count,
            changedAtMs: index === 0 ? Date.now() - 60_000 : null,
            spellings: [],
            lints: index % 3 === 0 ? (['html-only'] as const).slice() : [],
          })),
        nextCursor: null,
      })),
      counts: os.tags.counts.handler(({ input }) =>
        input.tagIds.slice(0, 3).map((tagId) => ({ tagId, oldCopies: 2, waiting: 1, crowded: tagId === 1 ? 1 : 0 })),
      ),
      cost: os.tags.cost.handler(({ input }) => ({
        items: [`#${input.tag}`],
        itemCount: 1,
        pages: 51,
        alsoCold: 0,
        priceMicroDollars: 0,
        allowanceBefore: 813,
        allowanceAtMost: true,
        notes: [],
      })),
      crowded: os.tags.crowded.handler(() => [{ pageId: 2, path: '/menu', zoneHost: 'lollies.localhost', tags: 63 }]),
      marks: os.tags.marks.handler(() => [...marks]),
      mark: os.tags.mark.handler(({ input }) => {
        const mark: Mark = {
          id: marks.length + 1,
          what: input.what,
          target: input.target.kind === 'tag' ? input.target.tag : 'some pages',
          sinceMs: input.sinceMs,
          createdAtMs: Date.now(),
          by: 'Ada',
          pages: chosen(input.target).length,
          undoneAtMs: null,
          doneAtMs: null,
        }
        marks.unshift(mark)
        return mark
      }),
      undoMark: os.tags.undoMark.handler(({ input }) => {
        const mark = marks.find(({ id }) => id === input.markId)
        if (!mark) throw new ORPCError('NOT_FOUND', { defined: true, message: 'There is no such mark.', data: {} })
        return Object.assign(mark, { undoneAtMs: Date.now() })
      }),
    },
  })
}
