import { counted, countOf } from '#shared/count-of.ts'
import type { EndedJob, Job } from '#shared/activity.ts'
import type { DiscoveryResult, DiskSource, Found, PageSource, RulesPreview } from '#shared/discovery.ts'
import { AppError } from '#shared/errors.ts'
import type { PageRules } from '#shared/page-identity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { CrawlInput } from './crawl-task.ts'
import type { FolderInput } from './folder-task.ts'
import type { ListInput } from './list-task.ts'
import type { NextInput } from './next-task.ts'
import type { ZoneRef } from './page-taker.ts'
import type { DiscoverInput, Discovered } from './sitemaps-task.ts'
import type { FindReport, FindResult } from './sources.ts'
import { foundSentence } from './words.ts'

type Update = (change: { done?: number; note?: string }) => void
type RunFind<Input> = (input: Input, report: FindReport, signal: AbortSignal) => Promise<FindResult>

export interface DiscoveryWorld {
  readonly changes: Changes
  readonly jobs: {
    start(
      what: { siteId: string; kind: 'discover'; title: string },
      work: (update: Update, signal: AbortSignal) => Promise<string>,
    ): { job: Job; ended: Promise<EndedJob> }
    list(): Job[]
  }
  zones(siteId: string): Promise<ZoneRef[]>
  /** Checks pages that became known, when they are few, or some of them. */
  newPages(siteId: string, pageIds: readonly number[]): Promise<void>
  /** Tells what was done when it has ended. */
  note(siteId: string, person: string, text: string): void
  readonly run: {
    discover(
      input: DiscoverInput,
      report: (progress: { found: number; files: number }) => void,
      signal: AbortSignal,
    ): Promise<Discovered>
    readonly crawl: RunFind<CrawlInput>
    readonly findInList: RunFind<ListInput>
    readonly findInFolder: RunFind<FolderInput>
    readonly findInNext: RunFind<NextInput>
    previewRules(input: { siteId: string; rules: PageRules }): Promise<RulesPreview>
    mergePages(
      input: { siteId: string; rules: PageRules },
      report: (progress: { done: number; renamed: number; merged: number }) => void,
      signal: AbortSignal,
    ): Promise<{ renamed: number; merged: number }>
  }
  writeRules(siteId: string, rules: PageRules): void
}

const TITLES = {
  sitemaps: 'Look for pages in sitemaps',
  crawl: 'Crawl for pages',
  list: 'Take pages from a list',
  file: 'Take pages from a file',
  folder: 'Take pages from a build folder',
  next: 'Take pages from a Next.js build',
} as const

/** Results of as many searches as jobs are kept. */
const RESULTS_KEPT = 20

export function createDiscovery(world: DiscoveryWorld) {
  const results = new Map<string, Found>()

  const startJob = (
    siteId: string,
    person: string,
    title: string,
    work: (update: Update, signal: AbortSignal) => Promise<string>,
  ) => {
    const { job, ended } = world.jobs.start({ siteId, kind: 'discover', title }, work)
    void ended.then((last) => world.note(siteId, person, `${title}: ${last.note}`))
    return job.id
  }

  async function find(siteId: string, source: PageSource | DiskSource, update: Update, signal: AbortSignal): Promise<FindResult> {
    const zones = await world.zones(siteId)
    const report: FindReport = ({ done, note }) => update({ done, note })
    switch (source.kind) {
      case 'sitemaps': {
        const progress = (at: { found: number; files: number }) =>
          update({ done: at.found, note: `${countOf(at.files, 'file')} read` })
        const { added, known, rewritten, notTaken, notTakenCount, problems, newPageIds } = await world.run.discover(
          { siteId, zones },
          progress,
          signal,
        )
        return { found: { added, known, rewritten, notTaken, notTakenCount, problems }, newPageIds }
      }
      case 'crawl':
        return world.run.crawl({ siteId, zones, limits: source.limits, goOn: source.goOn }, report, signal)
      case 'list':
        return world.run.findInList({ siteId, zones, zoneId: source.zoneId, from: { text: source.text } }, report, signal)
      case 'file':
        return world.run.findInList({ siteId, zones, zoneId: source.zoneId, from: { file: source.path } }, report, signal)
      case 'folder':
        return world.run.findInFolder({ ...source, siteId, zones }, report, signal)
      case 'next':
        return world.run.findInNext({ ...source, siteId, zones }, report, signal)
    }
  }

  /** Throws `CONFLICT` while pages of the site may not change their addresses. */
  function refuseWhileBusy(siteId: string): void {
    const busy = world.jobs
      .list()
      .find((job) => job.siteId === siteId && job.state === 'running' && (job.kind === 'check' || job.kind === 'discover'))
    if (busy) {
      throw new AppError('CONFLICT', `“${busy.title}” is running; pages may not change their addresses under it.`, {
        fix: 'Wait until it has ended, or cancel it in the jobs menu.',
        retryable: true,
      })
    }
  }

  return {
    async start(siteId: string, source: PageSource | DiskSource, person: string): Promise<string> {
      if ('zoneId' in source && !(await world.zones(siteId)).some((zone) => zone.id === source.zoneId)) {
        throw new AppError('BAD_INPUT', 'This zone is not of this site.', { field: 'source.zoneId', fix: 'Choose a zone.' })
      }
      const jobId = startJob(siteId, person, TITLES[source.kind], async (update, signal) => {
        const { found, newPageIds } = await find(siteId, source, update, signal).finally(() =>
          // Also when it was cancelled: what was found by then is kept.
          world.changes.tell('pages', 'tags'),
        )
        results.set(jobId, found)
        for (const id of [...results.keys()].slice(0, -RESULTS_KEPT)) results.delete(id)
        if (newPageIds.length > 0) await world.newPages(siteId, newPageIds)
        return foundSentence(found)
      })
      return jobId
    },
    result(jobId: string): DiscoveryResult {
      const job = world.jobs.list().find((one) => one.id === jobId)
      if (!job)
        throw new AppError('NOT_FOUND', 'This search ended some time ago.', { fix: 'Look at Activity for what it found.' })
      const { startedAtMs, done, note } = job
      // Searches begin at once.
      const state = job.state === 'waiting' ? 'running' : job.state
      return { state, startedAtMs, done, note, found: results.get(jobId) ?? null }
    },
    preview: (siteId: string, rules: PageRules) => world.run.previewRules({ siteId, rules }),
    refuseWhileBusy,
    /** @throws AppError `CONFLICT` while something else writes pages of the site. */
    saveRules(siteId: string, rules: PageRules, person: string): string {
      refuseWhileBusy(siteId)
      world.writeRules(siteId, rules)
      return startJob(siteId, person, 'Apply the rules for addresses', async (update, signal) => {
        const { renamed, merged } = await world.run.mergePages(
          { siteId, rules },
          ({ done, ...so }) => update({ done, note: mergeNote(so) }),
          signal,
        )
        world.changes.tell('pages', 'tags')
        return mergeNote({ renamed, merged })
      })
    },
  }
}
export type DiscoveryService = ReturnType<typeof createDiscovery>

function mergeNote({ renamed, merged }: { renamed: number; merged: number }): string {
  return `${countOf(renamed, 'page has', 'pages have')} another address, ${counted(merged)} became one with another.`
}
