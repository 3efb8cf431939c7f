import type { Base } from './base.ts'
import type { RunSelection } from '#shared/inspection-runs.ts'
import { createDiscovery } from './discovery/service.ts'
import { createEntries } from './entries/service.ts'
import { createChecks } from './inspection/checks.ts'
import { createCheckSettings } from './inspection/check-settings.ts'
import { createRuns } from './inspection/runs.ts'
import { createSchedule } from './inspection/schedule.ts'
import { writePageRules } from './pages/page-rules.ts'
import { createPagesPort } from './pages/port.ts'
import { readSettings } from './sites/store.ts'

/** Finding pages, looking at them, and what a renderer keeps of them. */
export function createChecking(base: Base) {
  const { automation, changes, clock, connections, db, jobs, log, note, reads, stopped, work } = base
  const checks = createChecks({
    changes,
    startJob: jobs.start,
    runTask: async (input, onProgress, signal) => {
      const done = await work.run('check', input, { onProgress, signal })
      await entries.after(input.siteId, input.pageIds)
      return done
    },
  })
  const entries = createEntries({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    rendererOf: connections.renderer,
    importEntries: (input) => work.run('importEntries', input),
    dropEntries: (input) => work.run('dropEntries', input),
    found: (siteId, pageIds) => pages.found(siteId, pageIds),
    check: (siteId, pageIds, signal) => checks.run(siteId, pageIds, () => {}, signal),
  })
  const checkSettings = createCheckSettings(db, clock)
  const countToCheck = (siteId: string, selection: RunSelection, nowMs: number) =>
    work.run('countToCheck', { siteId, selection, nowMs })
  const runs = createRuns({
    db,
    clock,
    changes,
    stopped,
    note,
    startJob: jobs.start,
    cancelJob: jobs.cancel,
    runTask: (input, onProgress, signal) => work.run('checkRun', input, { onProgress, signal }),
    count: countToCheck,
    after: (siteId, pageIds) =>
      entries.after(siteId, pageIds).catch((error: unknown) => log.error({ err: error, siteId }, 'after a check')),
  })
  const schedule = createSchedule({ settings: checkSettings, runs, log, stopped, paused: automation.paused })
  const pages = createPagesPort({
    db: db.query,
    changes,
    jobs,
    resolve: reads.resolve,
    nextToCheck: reads.nextToCheck,
    firstCheckPages: async (siteId) => (await readSettings(db.query, siteId)).firstCheckPages,
    check: (siteId, pageIds) => void checks.start(siteId, pageIds),
    runTask: (input, onProgress, signal) => work.run('discover', input, { onProgress, signal }),
  })
  const discovery = createDiscovery({
    changes,
    jobs,
    zones: pages.zones,
    newPages: (siteId, pageIds) => pages.searched(siteId, pageIds),
    note: (siteId, person, text) => void (stopped.aborted || note(siteId, person, text)),
    writeRules: (siteId, rules) => writePageRules(db.raw, siteId, rules),
    run: {
      discover: (input, onProgress, signal) => work.run('discover', input, { onProgress, signal }),
      crawl: (input, onProgress, signal) => work.run('crawl', input, { onProgress, signal }),
      findInList: (input, onProgress, signal) => work.run('findInList', input, { onProgress, signal }),
      findInFolder: (input, onProgress, signal) => work.run('findInFolder', input, { onProgress, signal }),
      findInNext: (input, onProgress, signal) => work.run('findInNext', input, { onProgress, signal }),
      previewRules: (input) => work.run('previewRules', input),
      mergePages: (input, onProgress, signal) => work.run('mergePages', input, { onProgress, signal }),
    },
  })
  /** A check of one page as part of something else, which does not wait for it. */
  const checkQuietly = (siteId: string, pageId: number): void =>
    void checks
      .run(siteId, [pageId], () => {}, stopped)
      .catch((error: unknown) => {
        if (!stopped.aborted) log.warn({ err: error, siteId }, 'a page could not be checked')
      })

  return { checkQuietly, checks, checkSettings, countToCheck, discovery, entries, pages, runs, schedule }
}
export type Checking = ReturnType<typeof createChecking>
