import { AppError } from '#shared/errors.ts'
import { readGrowingLog } from '#main/platform/growing-log.ts'
import { kindOfPath } from '#main/platform/local-files.ts'
import type { Builder } from '../builder.ts'
import type { Publisher } from '../publisher.ts'
import { toRemote, type BuildRecord } from './build-records.ts'
import { settleRecord } from './settle-record.ts'
import { createSiteBuilds, type LocalSettings, type LocalWorld, type SiteBuilds } from './site-builds.ts'
import { findTool, projectEnvironment } from './tools.ts'

export interface LocalBuilds {
  /** Settings may change while a build runs; it ends as it was begun. */
  open(settings: LocalSettings, publisher: Publisher | null): Builder
  /** Builds that would be ended with this process, for a person to read. */
  busy(): readonly string[]
  /** Ends the builds of a site; what is kept of it stays. */
  end(siteId: string): Promise<void>
  /** Ends the builds of a site that is gone, and removes its releases from the data folder. */
  remove(siteId: string): Promise<void>
  /** The releases that are kept of a site. */
  releasesOf(siteId: string): SiteBuilds['releases']
}

/** Builds of projects in folders of this machine. */
export function createLocalBuilds(world: LocalWorld): LocalBuilds {
  const sites = new Map<string, SiteBuilds>()
  const buildsOf = (siteId: string) => {
    const known = sites.get(siteId) ?? createSiteBuilds(world, siteId)
    sites.set(siteId, known)
    return known
  }
  return {
    busy: () => [...sites.values()].flatMap((builds) => builds.busy()),
    end: async (siteId) => sites.get(siteId)?.end(),
    async remove(siteId) {
      await buildsOf(siteId).remove()
      sites.delete(siteId)
    },
    releasesOf: (siteId) => buildsOf(siteId).releases,
    open: (settings, publisher) => createLocalBuilder(buildsOf(settings.siteId), settings, publisher),
  }
}

/** Throws `NOT_FOUND` when the folder or a program is missing, with what to do. */
export async function checkProject(
  settings: Pick<LocalSettings, 'folder' | 'command' | 'environment'>,
): Promise<{ readonly tool: string | null }> {
  if ((await kindOfPath(settings.folder)) !== 'folder') {
    throw new AppError('NOT_FOUND', `The project's folder ${settings.folder} is not on this machine any more.`, {
      field: 'builder.folder',
      fix: 'Put it back, or enter where it is now in the settings of the site.',
      retryable: false,
    })
  }
  const environment = await projectEnvironment(settings.folder, settings.environment)
  return { tool: await findTool(settings.command, settings.folder, environment) }
}

function createLocalBuilder(builds: SiteBuilds, settings: LocalSettings, publisher: Publisher | null): Builder {
  const { records, releases } = builds
  async function show(record: BuildRecord) {
    const { record: settled, goesOn } = await settleRecord(record, records, publisher)
    const build = toRemote(settled, goesOn ? PUBLISHING : (builds.active(record.id)?.progress ?? null))
    // It is a deploy by now, and cancelled as one.
    return goesOn ? { ...build, cancelUrl: null } : build
  }
  async function need(address: string): Promise<BuildRecord> {
    await builds.ready()
    const id = idOf(address)
    const record = builds.active(id)?.record ?? (await records.read(id))
    if (record) return record
    throw new AppError('NOT_FOUND', `The build ${id} is not kept on this machine any more.`, { retryable: false })
  }
  return {
    async trigger(title, _signal, options) {
      await checkProject(settings)
      await builds.ready()
      return show(await builds.add(title, options?.publish !== false, settings, publisher))
    },
    status: async (statusUrl) => show(await need(statusUrl)),
    async list(limit) {
      await builds.ready()
      const live = publisher === null ? null : await publisher.live()
      // One that ends while its record is read has its end in what was active.
      const active = builds.allActive()
      const found = (await records.list(limit)).map(
        (record) => (active.find((build) => build.record.id === record.id) ?? builds.active(record.id))?.record ?? record,
      )
      return {
        liveReleaseId: live?.id ?? null,
        builds: (await Promise.all(found.map(show))).map((build) => madeLive(build, live)),
        listUrl: null,
      }
    },
    async cancel(cancelUrl) {
      const { id } = await need(cancelUrl)
      builds.active(id)?.cancel.abort()
    },
    async *log(logUrl, signal) {
      const { id } = await need(logUrl)
      yield* readGrowingLog(records.logFile(id), builds.active(id)?.log ?? null, signal)
    },
    manifest: async (manifestUrl) => releases.manifest(idOf(manifestUrl)),
  }
}

const PUBLISHING = { done: 0, total: 0, phase: 'publishing' }

type Remote = ReturnType<typeof toRemote>

/** A release that was held back when it was built may have been given to visitors since. */
function madeLive(build: Remote, live: { readonly id: string; readonly publishedAtMs: number | null } | null): Remote {
  const { release } = build
  if (release === null || live === null || release.id !== live.id || release.published) return build
  return { ...build, release: { ...release, published: true, publishedAtMs: live.publishedAtMs } }
}

function idOf(address: string): string {
  const id = /^local:[a-z]+\/([a-z0-9-]+)$/.exec(address)?.[1]
  if (id !== undefined) return id
  const host = URL.parse(address)?.host || address
  throw new AppError('PROVIDER_REFUSED', `A build of this machine cannot be at ${host}, which is not followed.`, {
    fix: 'Load the list of builds again.',
    retryable: false,
  })
}
