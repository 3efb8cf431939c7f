import { AppError } from '#shared/errors.ts'
import type { OriginSwitch } from '../edge.ts'
import type { Publisher } from '../publisher.ts'
import type { ReleaseStore } from './release-store.ts'

/**
 * Which release visitors get where a link on this machine decides it rather than the edge: the edge asks the web server,
 * and that serves what the link leads to, from one moment to the next.
 */
export function createFolderSwitch(publisher: Publisher, releases: Pick<ReleaseStore, 'has' | 'forPublishing'>): OriginSwitch {
  const read = async () => {
    const live = await publisher.live()
    return { originPath: live?.place ?? '', etag: live?.id ?? '' }
  }
  return {
    read,
    async switchTo(originPath, ifMatch, signal) {
      if ((await read()).etag !== ifMatch) {
        throw new AppError('CONFLICT', 'Another release was published in the meantime.', { retryable: true })
      }
      const id = originPath.replace(/^\/releases\//, '')
      // One that was held back when it was built has not been published yet.
      if (await releases.has(id)) {
        await publisher.publish(await releases.forPublishing(id), signal ?? new AbortController().signal, () => {})
      } else await publisher.rollBack(id, signal)
    },
    deployed: async () => true,
  }
}
