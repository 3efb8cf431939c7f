import { countOf } from '#shared/count-of.ts'
import { AppError } from '#shared/errors.ts'
import type { LocalBuilderInput } from '#shared/local-project.ts'
import { delay } from '#main/platform/clock.ts'
import { joinPath, removeTree } from '#main/platform/folders.ts'
import { writeGrowingLog, type GrowingLog } from '#main/platform/growing-log.ts'
import { killGroup, processMark } from '#main/platform/run-program.ts'
import type { Publisher } from '../publisher.ts'
import { createBuildRecords, newBuildId, releaseIdOf, type BuildRecord, type Progress } from './build-records.ts'
import type { KeepInput, Kept } from './keep-release-task.ts'
import { lineRedactor } from './redaction.ts'
import { createReleaseStore } from './release-store.ts'
import { BuildStopped, runBuild } from './run-build.ts'

export interface LocalWorld {
  readonly dataFolder: string
  readonly clock: () => number
  /** The core stops: what runs is ended at once. */
  readonly stopped: AbortSignal
  /** On the work thread. */
  keepRelease(input: KeepInput, onProgress: (progress: { done: number }) => void, signal: AbortSignal): Promise<Kept>
  withoutSecrets(text: string): string
}

export interface LocalSettings extends Omit<LocalBuilderInput, 'publish' | 'kind'> {
  readonly siteId: string
  readonly hosts: readonly string[]
  /** Releases that may not be let go of. */
  keep(): readonly string[]
}

const ENDS_WITHIN_MS = 10_000

/** A build that waits or runs in this process. */
interface Active {
  record: BuildRecord
  progress: Progress
  readonly log: GrowingLog
  readonly cancel: AbortController
}

export type SiteBuilds = ReturnType<typeof createSiteBuilds>

/** The builds of one site: one at a time, each written down before it is begun. */
export function createSiteBuilds(world: LocalWorld, siteId: string) {
  const buildsFolder = joinPath(world.dataFolder, 'builds', siteId)
  const records = createBuildRecords(buildsFolder)
  const releasesFolder = joinPath(world.dataFolder, 'releases', siteId)
  const releases = createReleaseStore(releasesFolder)
  const active = new Map<string, Active>()
  let last: Promise<unknown> = endStale()

  const save = (build: Active, change: Partial<BuildRecord>) => {
    build.record = { ...build.record, ...change }
    return records.write(build.record)
  }

  /** What a core left running that fell: its processes are ended, and its builds have failed. */
  async function endStale(): Promise<void> {
    await releases.sweep()
    for (const record of await records.list(20)) {
      if (record.state !== 'queued' && record.state !== 'running') continue
      const { running } = record
      if (running && running.mark !== null && (await processMark(running.pid)) === running.mark) {
        await killGroup(running.pid, 'SIGKILL')
      }
      const kept = record.release !== null && (await releases.has(record.release.id))
      await records.write({
        ...record,
        state: kept ? 'succeeded' : 'failed',
        release: kept ? record.release : null,
        running: null,
        unsettled: kept,
        endedAtMs: world.clock(),
        error: kept
          ? 'Frostline ended before the release was published; it can be given to visitors now.'
          : 'Frostline ended while this build ran, so the build was ended too.',
      })
    }
  }

  async function work(build: Active, settings: LocalSettings, publisher: Publisher | null): Promise<void> {
    const { cancel, log } = build
    if (cancel.signal.aborted) throw new BuildStopped('cancelled')
    const startedAtMs = world.clock()
    const redact = lineRedactor(settings.environment, world.withoutSecrets)
    const say = (line: string) => log.append(redact(line))
    const phase = (words: string, done = 0, total = 0) => (build.progress = { done, total, phase: words })
    phase(settings.command)
    await save(build, { state: 'running', startedAtMs })
    await say(`$ ${settings.command}    (in ${settings.folder})`)
    await runBuild({
      project: settings,
      cancelled: cancel.signal,
      stopped: world.stopped,
      onLine: say,
      onProgress: ({ done, total }) => phase(settings.command, done, total),
      onStart: (running) => save(build, { running }),
    })
    phase('keeping the release')
    const id = releaseIdOf(build.record.id)
    const ends = AbortSignal.any([cancel.signal, world.stopped])
    const kept = await world.keepRelease(
      {
        // Plain data, for another thread; its secrets stay here.
        project: { folder: settings.folder, outputFolder: settings.outputFolder, generator: settings.generator },
        dropHtml: settings.dropHtml,
        hosts: settings.hosts,
        releasesFolder,
        id,
        title: build.record.title,
        startedAtMs,
        previousId: (await releases.ids()).at(-1) ?? null,
      },
      ({ done }) => phase('keeping the release', done),
      ends,
    )
    const release = { id, published: false, publishedAtMs: null, originPath: publisher?.placeOf?.(id) ?? null }
    await save(build, { running: null, release })
    await say(
      `Kept as release ${id}: ${countOf(kept.pages, 'page')}, ${countOf(kept.files, 'file')}, ${kept.unchanged} of them as before.`,
    )
    for (const problem of kept.problems) await say(problem)
    if (publisher !== null && (build.record.publish || publisher.holdsBack === true)) {
      phase('publishing')
      const publishing = publisher.publish(await releases.forPublishing(id), ends, (step) =>
        phase(`publishing: ${step.phase}`, step.done, step.total ?? 0),
      )
      const published = await orLeftAlone(publishing, ends)
      const { publish } = build.record
      await save(build, { release: { ...release, published: publish, publishedAtMs: publish ? published.publishedAtMs : null } })
      await say(
        publish ? `Published at ${published.place}.` : `Brought to ${published.place} and held there: the site is pinned.`,
      )
    }
    await letGo(settings, publisher, id).catch(() => say('Older releases could not be removed.'))
    await save(build, { state: 'succeeded', endedAtMs: world.clock() })
  }

  /** Of releases and builds that are older than what is kept. */
  async function letGo(settings: LocalSettings, publisher: Publisher | null, id: string): Promise<void> {
    const live = await publisher?.live()
    const gone = await releases.prune(settings.keepReleases, new Set([...settings.keep(), live?.id ?? id, id]))
    for (const record of gone.length === 0 ? [] : await records.list(200)) {
      if (record.release && gone.includes(record.release.id)) await records.write({ ...record, release: null })
    }
    await records.prune()
  }

  async function run(build: Active, settings: LocalSettings, publisher: Publisher | null): Promise<void> {
    const redact = lineRedactor(settings.environment, world.withoutSecrets)
    try {
      await work(build, settings, publisher)
    } catch (error) {
      // The next start says what became of it.
      if (world.stopped.aborted) return
      const { cancel, record } = build
      const state = cancel.signal.aborted ? 'cancelled' : record.release === null ? 'failed' : 'succeeded'
      const words = cancel.signal.aborted ? null : redact(sentenceOf(error))
      if (words !== null) await build.log.append(words)
      const unpublished =
        record.release !== null && !record.release.published ? `Built, but not published. ${words ?? ''}` : words
      await save(build, { state, running: null, endedAtMs: world.clock(), error: state === 'cancelled' ? null : unpublished })
    } finally {
      await build.log.close()
      active.delete(build.record.id)
    }
  }

  async function end(): Promise<void> {
    for (const { cancel } of active.values()) cancel.abort()
    await last.catch(() => {})
  }

  return {
    records,
    releases,
    /** Waits until what an earlier core left is ended. */
    ready: () => (active.size === 0 ? last.catch(() => {}) : Promise.resolve()),
    /** Ends what runs, and forgets everything of the site. What was published stays where it is. */
    end,
    async remove(): Promise<void> {
      await end()
      await removeTree(buildsFolder)
      await removeTree(releasesFolder)
    },
    /** What would be ended with this process, for a person to read. */
    busy: () => [...active.values()].map(({ record }) => `Build: ${record.title}`),
    active: (id: string) => active.get(id) ?? null,
    allActive: () => [...active.values()],
    async add(title: string, publish: boolean, settings: LocalSettings, publisher: Publisher | null): Promise<BuildRecord> {
      const nowMs = world.clock()
      const none = { startedAtMs: null, endedAtMs: null, error: null, running: null, release: null, unsettled: false }
      const record: BuildRecord = {
        ...none,
        id: newBuildId(nowMs),
        title,
        state: 'queued',
        causes: ['frostline'],
        publish,
        queuedAtMs: nowMs,
      }
      await records.write(record)
      const log = writeGrowingLog(records.logFile(record.id))
      const build: Active = { record, progress: null, log, cancel: new AbortController() }
      active.set(record.id, build)
      last = last.catch(() => {}).then(() => run(build, settings, publisher))
      last.catch(() => {})
      return record
    },
  }
}

/** What is told to end is waited for, so that what it did last is known; what cannot be ended is left alone. */
async function orLeftAlone<T>(work: Promise<T>, ends: AbortSignal): Promise<T> {
  const done = new AbortController()
  const leftAlone = async () => {
    await new Promise((resolve) => {
      if (ends.aborted) return resolve(null)
      ends.addEventListener('abort', resolve, { once: true, signal: done.signal })
    })
    await delay(ENDS_WITHIN_MS, done.signal)
    throw new Error('It did not end when it was told to.')
  }
  try {
    return await Promise.race([work, leftAlone()])
  } finally {
    done.abort()
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return [error.message, error.details.fix].filter(Boolean).join(' ')
  return `Something went wrong inside: ${error instanceof Error ? error.message : String(error)}`
}
