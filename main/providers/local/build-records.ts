import * as z from 'zod'
import { readTextFile } from '#main/platform/files.ts'
import { joinPath, makeFolder, namesIn, removeTree } from '#main/platform/folders.ts'
import { writePrivateFile } from '#main/platform/private-file.ts'
import type { RemoteBuild } from '../builder.ts'

const Instant = z.number().nullable()

/** One build as it lies on disk; what runs is written down before it is begun. */
export const BuildRecord = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  causes: z.array(z.string()),
  publish: z.boolean(),
  queuedAtMs: z.number(),
  startedAtMs: Instant,
  endedAtMs: Instant,
  error: z.string().nullable(),
  /** The group that runs it, and what tells it from a later one with the same id. */
  running: z.object({ pid: z.number(), mark: z.string().nullable() }).nullable(),
  release: z
    .object({ id: z.string(), published: z.boolean(), publishedAtMs: Instant, originPath: z.string().nullable() })
    .nullable(),
  /** Frostline ended while its release was being published: what publishes it knows what became of that. */
  unsettled: z.boolean().default(false),
})
export type BuildRecord = z.infer<typeof BuildRecord>

export type Progress = RemoteBuild['progress']

/** The builds of one site, in a folder of the data folder. */
export interface BuildRecords {
  write(record: BuildRecord): Promise<void>
  /** Null when it is not known. */
  read(id: string): Promise<BuildRecord | null>
  /** The newest first. */
  list(limit: number): Promise<BuildRecord[]>
  logFile(id: string): string
  prune(): Promise<void>
}

/** Builds and their logs that are kept. */
const KEPT = 100
const ID = /^[a-z0-9-]{1,60}$/

export function createBuildRecords(folder: string): BuildRecords {
  const fileOf = (id: string) => joinPath(folder, `${id}.json`)
  const ids = async () =>
    (await namesIn(folder)).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : [])).reverse()
  const read = async (id: string) => {
    if (!ID.test(id)) return null
    try {
      return BuildRecord.parse(JSON.parse(await readTextFile(fileOf(id))))
    } catch {
      return null
    }
  }
  return {
    read,
    logFile: (id) => joinPath(folder, `${id}.log`),
    async write(record) {
      await makeFolder(folder)
      await writePrivateFile(fileOf(record.id), JSON.stringify(record))
    },
    async list(limit) {
      const found = await Promise.all((await ids()).slice(0, limit).map(read))
      return found.filter((record) => record !== null)
    },
    async prune() {
      for (const id of (await ids()).slice(KEPT)) {
        await removeTree(fileOf(id))
        await removeTree(joinPath(folder, `${id}.log`))
      }
    },
  }
}

let lastMs = 0

/** Ids sort by their time. No two are the same: one core alone holds a data folder. */
export function newBuildId(nowMs: number): string {
  lastMs = Math.max(nowMs, lastMs + 1)
  return `b${lastMs.toString(36)}`
}

export const releaseIdOf = (buildId: string) => `r${buildId.slice(1)}`

/** As every builder tells of a build. Its addresses lead to this machine's folders and nowhere else. */
export function toRemote(record: BuildRecord, progress: Progress): RemoteBuild {
  const { id, release } = record
  const ended = record.state !== 'queued' && record.state !== 'running'
  return {
    remoteId: id,
    statusUrl: `local:build/${id}`,
    state: record.state,
    title: record.title,
    causes: record.causes,
    queuedAtMs: record.queuedAtMs,
    startsAtMs: null,
    startedAtMs: record.startedAtMs,
    endedAtMs: record.endedAtMs,
    progress: ended ? null : progress,
    error: record.error,
    release: release === null || !ended ? null : { ...release, manifestUrl: `local:release/${release.id}` },
    logUrl: `local:log/${id}`,
    cancelUrl: ended ? null : `local:build/${id}`,
  }
}
