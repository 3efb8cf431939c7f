import { countOf } from '#shared/count-of.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import type { Selection } from '#shared/pages.ts'
import { type TagCost, type TagCounts, TagText } from '#shared/tags.ts'
import { AppError } from '#shared/errors.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import { endMarks } from './mark-ends.ts'
import { addMark, readMark, readMarks, undoMark } from './marks.ts'
import { readCrowded } from './counts.ts'
import { readTags } from './read-tags.ts'

export interface TagsWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  resolve(
    siteId: string,
    selection: Selection,
    nowMs: number,
  ): Promise<{ readonly pageIds: readonly number[]; readonly refused: readonly { reason: string }[] }>
  /** Reads over every page of a site, which do not run on the core thread. */
  readonly reads: { countTags(siteId: string, tagIds: readonly number[], nowMs: number): Promise<TagCounts[]> }
  /** What purging a selection would cost at most, if all of it had changed. */
  priceOf(
    siteId: string,
    selection: Selection,
  ): Promise<Omit<TagCost, 'items' | 'pages'> & { readonly items: readonly { item: string }[]; readonly pageCount: number }>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

/** A change "since" may be a little ahead of us: clocks differ. */
const AHEAD_AT_MOST_MS = 60_000
const COST_ITEMS = 20

export function tagsHandlers(world: TagsWorld) {
  const { db, clock, changes } = world
  return os.tags.router({
    list: os.tags.list.handler(({ input }) => readTags(db.query, input)),
    counts: os.tags.counts.handler(({ input }) => world.reads.countTags(input.siteId, input.tagIds, clock())),
    crowded: os.tags.crowded.handler(({ input }) => readCrowded(db.query, input.siteId, input.tag)),
    cost: os.tags.cost.handler(async ({ input: { siteId, tag } }) => {
      const price = await world.priceOf(siteId, { kind: 'tag', tag })
      return {
        ...price,
        // A class may need an item for each of its ids; a panel shows the first ones and the number.
        items: price.items.slice(0, COST_ITEMS).map(({ item }) => item),
        pages: price.pageCount,
      }
    }),
    marks: os.tags.marks.handler(({ input }) => readMarks(db.raw, input.siteId, clock())),
    mark: os.tags.mark.handler(async ({ input, context }) => {
      const { siteId, target, what, sinceMs } = input
      const nowMs = clock()
      if (sinceMs > nowMs + AHEAD_AT_MOST_MS) {
        throw new AppError('BAD_INPUT', 'The change lies in the future.', {
          field: 'sinceMs',
          fix: 'Enter when it happened; now at the latest.',
        })
      }
      if (target.kind === 'tag') {
        const named = TagText.safeParse(target.tag)
        if (!named.success)
          throw new AppError('BAD_INPUT', named.error.issues[0]?.message ?? 'Not a tag.', { field: 'target.tag' })
      }
      const { pageIds, refused } = await world.resolve(siteId, target, nowMs)
      if (pageIds.length === 0) {
        throw new AppError('NOT_FOUND', `No page is meant by this. ${refused[0]?.reason ?? ''}`.trim(), {
          field: 'target',
          fix: 'Choose pages or a tag that pages carry.',
        })
      }
      const name = target.kind === 'tag' ? target.tag : countOf(pageIds.length, 'page')
      const id = addMark(db, { siteId, what, target: name, sinceMs, by: context.person, pageIds }, nowMs)
      changes.tell('pages', 'tags')
      const [onlyPage] = pageIds
      world.note(siteId, context.person, `Marked as changed: ${name} (${what}), ${countOf(pageIds.length, 'page')}`, {
        kind: 'mark',
        result: 'done',
        ...(pageIds.length === 1 ? { about: { kind: 'page', id: String(onlyPage) } } : {}),
      })
      return readMark(db.query, id)
    }),
    undoMark: os.tags.undoMark.handler(async ({ input, context }) => {
      const before = await readMark(db.query, input.markId)
      endMarks(db.raw, before.siteId, clock())
      undoMark(db, input.markId, clock())
      changes.tell('pages', 'tags')
      world.note(before.siteId, context.person, `Took back: ${before.target} (${before.what})`, {
        kind: 'mark',
        result: 'cancelled',
      })
      return readMark(db.query, input.markId)
    }),
  })
}
