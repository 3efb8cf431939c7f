import type { ActivityFacts } from '#shared/activity.ts'
import { AppError } from '#shared/errors.ts'
import type { Published } from '#shared/published.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { Builder, Publishing } from '#main/providers/builder.ts'
import type { Builds } from './service.ts'
import { readBuild, readBuilds } from './store.ts'

export interface PublishingWorld {
  readonly db: Database
  readonly changes: Changes
  readonly stopped: AbortSignal
  readonly builds: Pick<Builds, 'sync' | 'heldAt'>
  builderOf(siteId: string): Promise<Builder | null>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

const LOOKED_THROUGH = 100
const FACTS: ActivityFacts = { kind: 'build', result: 'done' }

/** Going back to an earlier deploy at services that keep and publish deploys by themselves. */
export function publishedHandlers({ db, changes, stopped, builds, builderOf, note }: PublishingWorld) {
  const toldOf = async (siteId: string): Promise<Publishing> => {
    const told = (await builderOf(siteId))?.publishing
    if (told) return told
    throw new AppError('PROVIDER_REFUSED', 'This build service cannot be told which deploy to publish.', {
      fix: 'Roll back where the site is built.',
      retryable: false,
    })
  }
  const published = async (siteId: string): Promise<Published> => {
    const canRestore = (await builderOf(siteId))?.publishing !== undefined
    const releaseId = builds.heldAt(siteId)
    if (releaseId === null) return { canRestore, held: null }
    const known = await readBuilds(db.query, siteId, LOOKED_THROUGH)
    return {
      canRestore,
      held: { releaseId, title: known.find(({ remote }) => remote.release?.id === releaseId)?.remote.title ?? null },
    }
  }
  const lookAgain = async (siteId: string): Promise<Published> => {
    await builds.sync(siteId, stopped)
    changes.tell('builds', 'buildQueue', 'deploys', 'sites')
    return published(siteId)
  }

  return os.published.router({
    get: os.published.get.handler(({ input }) => published(input.siteId)),
    restore: os.published.restore.handler(async ({ input, context }) => {
      const stored = await readBuild(db.query, input.buildId)
      const release = stored?.remote.release
      if (!stored || !release) {
        throw new AppError('NOT_FOUND', 'This build has no deploy that could be published.', {
          field: 'buildId',
          fix: 'Load the list of builds again.',
        })
      }
      const { siteId, remote } = stored
      const service = await toldOf(siteId)
      await service.restore(release.id, stopped)
      await service.hold(release.id, stopped)
      note(siteId, context.person, `Published “${remote.title}” (${release.id}) again, and locked the site to it`, FACTS)
      const now = await lookAgain(siteId)
      if (now.held?.releaseId === release.id) return now
      throw new AppError('CONFLICT', 'Another deploy was published in the same moment, and visitors get that one.', {
        fix: 'Look at the list, then choose again.',
        retryable: true,
      })
    }),
    letGo: os.published.letGo.handler(async ({ input: { siteId }, context }) => {
      const service = await toldOf(siteId)
      await builds.sync(siteId, stopped)
      const releaseId = builds.heldAt(siteId)
      if (releaseId !== null) {
        await service.letGo(releaseId, stopped)
        note(siteId, context.person, `Unlocked the site from ${releaseId}: what is built is published again`, FACTS)
      }
      return lookAgain(siteId)
    }),
  })
}
