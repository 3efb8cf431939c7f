import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { readTextFile } from '#main/platform/files.ts'
import {
  basename,
  dirname,
  joinPath,
  linkFile,
  linkTarget,
  makeFolder,
  moveTo,
  namesIn,
  removeTree,
  switchLink,
} from '#main/platform/folders.ts'
import { kindOfPath } from '#main/platform/local-files.ts'
import { writePrivateFile } from '#main/platform/private-file.ts'
import type { PublishedRelease, Publisher } from '../publisher.ts'
import { standsIn } from './publish-folder.ts'

export interface FolderOptions {
  /** A web server serves `current` in it. */
  readonly folder: string
  /** Releases that stay there to be gone back to, but for the live one. */
  readonly keepReleases: number
  readonly clock: () => number
}

const LINK = 'current'
const PARTIAL = '.partial'
const placeOf = (id: string) => `/releases/${id}`
const Described = z.object({ id: z.string(), title: z.string(), publishedAtMs: z.number().nullable() })

/**
 * Publishes to a folder that a web server of this machine serves: `releases/<id>` beside a link `current`, which is switched
 * in one step. Going back switches it back.
 */
export function createFolderPublisher({ folder, keepReleases, clock }: FolderOptions): Publisher {
  const link = joinPath(folder, LINK)
  const releases = joinPath(folder, 'releases')
  const folderOf = (id: string) => joinPath(releases, id)
  const describe = async (id: string): Promise<PublishedRelease> => {
    const read = await readTextFile(`${folderOf(id)}.json`).then(
      (text) => Described.safeParse(JSON.parse(text)),
      () => null,
    )
    const { title, publishedAtMs } = read?.data ?? { title: id, publishedAtMs: null }
    return { id, title, publishedAtMs, place: placeOf(id) }
  }
  const ids = async () => (await namesIn(releases)).filter((name) => !/\.(json|partial)$/.test(name)).reverse()

  async function liveId(): Promise<string | null> {
    await standsIn(folder)
    const target = await linkTarget(link)
    if (target === '') {
      throw new AppError('CONFLICT', `${link} is a folder or a file of its own, so nothing can be published there.`, {
        field: 'builder.publish.folder',
        fix: 'Move it away, and let the web server serve the link that Frostline makes in its place.',
        retryable: false,
      })
    }
    return target === null || dirname(target) !== releases ? null : basename(target)
  }

  async function go(id: string, title: string): Promise<PublishedRelease> {
    if ((await liveId()) !== id) {
      const entered: z.infer<typeof Described> = { id, title, publishedAtMs: clock() }
      await writePrivateFile(`${folderOf(id)}.json`, JSON.stringify(entered))
      await switchLink(link, joinPath('releases', id))
    }
    return describe(id)
  }

  return {
    placeOf,
    async publish(release, signal, onProgress) {
      await makeFolder(releases).catch((error: unknown) => {
        throw new AppError(
          'BAD_INPUT',
          `Nothing can be written to ${folder} (${error instanceof Error ? error.message : String(error)}).`,
          {
            field: 'builder.publish.folder',
            fix: 'Choose a folder in which Frostline may write, in the settings of the site.',
            retryable: false,
          },
          error,
        )
      })
      await liveId()
      const target = folderOf(release.id)
      if ((await kindOfPath(target)) === null) {
        const draft = target + PARTIAL
        await removeTree(draft)
        const made = new Set<string>()
        for (const [index, { file }] of release.files.entries()) {
          signal.throwIfAborted()
          const to = joinPath(draft, file)
          if (!made.has(dirname(to))) await makeFolder(dirname(to))
          made.add(dirname(to))
          await linkFile(joinPath(release.folder, file), to)
          if (index % 100 === 0) {
            onProgress({ phase: 'uploading pages', done: index, total: release.files.length, sentBytes: 0 })
          }
        }
        await moveTo(draft, target)
      }
      signal.throwIfAborted()
      onProgress({ phase: 'switching', done: 0, total: null, sentBytes: 0 })
      const published = await go(release.id, release.title)
      onProgress({ phase: 'cleaning up', done: 0, total: null, sentBytes: 0 })
      for (const old of (await ids()).slice(keepReleases)) {
        if (old === release.id) continue
        await removeTree(folderOf(old))
        await removeTree(`${folderOf(old)}.json`)
      }
      return published
    },
    async live() {
      const id = await liveId()
      return id === null ? null : describe(id)
    },
    list: async (limit) => Promise.all((await ids()).slice(0, limit).map(describe)),
    async rollBack(releaseId) {
      if (!/^[\w.-]+$/.test(releaseId) || (await kindOfPath(folderOf(releaseId))) !== 'folder') {
        throw new AppError('NOT_FOUND', `The release ${releaseId} is not in ${releases} any more.`, {
          fix: 'Choose a newer release, or build the site again.',
          retryable: false,
        })
      }
      return go(releaseId, (await describe(releaseId)).title)
    },
    close() {},
  }
}
