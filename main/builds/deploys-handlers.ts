import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { Deploys } from './deploys.ts'
import { knownReleases, needRelease } from './known-releases.ts'

export function deploysHandlers({ db, deploys }: { readonly db: Database; readonly deploys: Deploys }) {
  const { diffs, switches } = deploys
  return os.deploys.router({
    list: os.deploys.list.handler(({ input }) => deploys.list(input.siteId)),
    changes: os.deploys.changes.handler(async ({ input }) => {
      const releases = await knownReleases(db.query, input.siteId)
      const to = needRelease(releases, input.releaseId)
      const from = input.against === undefined ? releases[releases.indexOf(to) + 1] : needRelease(releases, input.against)
      if (!from) return { against: null, counts: null, rows: [], next: null }
      const { counts, rows, next } = await diffs.compare(input.siteId, from, to, input)
      return { against: { id: from.id, title: from.title }, counts, rows, next }
    }),
    preview: os.deploys.preview.handler(({ input }) => deploys.preview(input.siteId, input.releaseId)),
    purgeOf: os.deploys.purgeOf.handler(({ input }) => deploys.purgeOf(input.siteId, input.releaseId)),
    planPurge: os.deploys.planPurge.handler(({ input, context }) =>
      deploys.planPurge(input.siteId, input.releaseId, context.person),
    ),
    switchTo: os.deploys.switchTo.handler(async ({ input, context }) =>
      deploys.show(await switches.start(input.siteId, input.releaseId, input.purge, context.person)),
    ),
    switchLater: os.deploys.switchLater.handler(async ({ input, context }) => ({
      later: await deploys.switchLater(input.siteId, input.releaseId, input.purge, context.person),
    })),
    cancelLater: os.deploys.cancelLater.handler(({ input, context }) => ({
      cancelled: deploys.later.cancel(input.siteId, context.person),
    })),
    unpin: os.deploys.unpin.handler(async ({ input, context }) => {
      const begun = await switches.unpin(input.siteId, input.purge, context.person)
      return begun === null ? null : deploys.show(begun)
    }),
    cancel: os.deploys.cancel.handler(({ input }) => deploys.show(switches.cancel(input.switchId))),
  })
}
