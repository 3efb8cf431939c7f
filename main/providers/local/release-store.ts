import * as z from 'zod'
import { RedirectRule } from '#shared/builds.ts'
import { AppError } from '#shared/errors.ts'
import { readTextFile } from '#main/platform/files.ts'
import { joinPath, namesIn, removeTree } from '#main/platform/folders.ts'
import { kindOfPath } from '#main/platform/local-files.ts'
import type { Manifest } from '../builder.ts'
import type { LocalRelease } from '../publisher.ts'

const File = z.object({
  host: z.string(),
  file: z.string(),
  path: z.string(),
  hash: z.string(),
  type: z.string(),
  sizeBytes: z.number(),
  tags: z.array(z.string()),
})

/** A release's own description, beside its files. */
export const StoredRelease = z.object({
  id: z.string(),
  title: z.string(),
  startedAtMs: z.number(),
  files: z.array(File),
  redirects: z.array(RedirectRule),
  /** What could not be taken of the redirect rules, a sentence each. */
  problems: z.array(z.string()),
})
export type StoredRelease = z.infer<typeof StoredRelease>

export const FILES = 'files'
export const DESCRIPTION = 'release.json'
export const PARTIAL = '.partial'

/** The releases of one site in a folder of the data folder, each whole or not there. */
export interface ReleaseStore {
  folderOf(id: string): string
  /** From the oldest to the newest. */
  ids(): Promise<string[]>
  has(id: string): Promise<boolean>
  /** Throws `NOT_FOUND`. */
  read(id: string): Promise<StoredRelease>
  manifest(id: string): Promise<Manifest>
  forPublishing(id: string): Promise<LocalRelease>
  /** Lets go of all but the newest `keep` and those named. Returns what went. */
  prune(keep: number, named: ReadonlySet<string>): Promise<string[]>
  /** Removes what a build left that never ended. */
  sweep(): Promise<void>
}

export function createReleaseStore(folder: string): ReleaseStore {
  const folderOf = (id: string) => joinPath(folder, id)
  const ids = async () => (await namesIn(folder)).filter((name) => !name.endsWith(PARTIAL))
  async function read(id: string): Promise<StoredRelease> {
    try {
      return StoredRelease.parse(JSON.parse(await readTextFile(joinPath(folderOf(id), DESCRIPTION))))
    } catch (error) {
      throw new AppError(
        'NOT_FOUND',
        `The release ${id} is not kept on this machine any more.`,
        { fix: 'Build the site again, or keep more releases (in the settings of the site).', retryable: false },
        error,
      )
    }
  }
  return {
    folderOf,
    ids,
    read,
    has: async (id) => (await kindOfPath(folderOf(id))) === 'folder',
    async manifest(id) {
      const { startedAtMs, files, redirects } = await read(id)
      return { releaseId: id, startedAtMs, files, redirects }
    },
    async forPublishing(id) {
      const { title, startedAtMs, files, redirects } = await read(id)
      return { id, title, startedAtMs, folder: joinPath(folderOf(id), FILES), files, redirects }
    },
    async prune(keep, named) {
      const all = await ids()
      const old = all.slice(0, Math.max(0, all.length - keep)).filter((id) => !named.has(id))
      for (const id of old) await removeTree(folderOf(id))
      return old
    },
    async sweep() {
      const left = (await namesIn(folder)).filter((name) => name.endsWith(PARTIAL))
      for (const name of left) await removeTree(joinPath(folder, name))
    },
  }
}
