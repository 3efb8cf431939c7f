import type { Topic } from '#shared/activity.ts'
import type { Budget } from '#shared/budget.ts'
import { NOTICE_KINDS, type Notice, type NoticeKind, type NoticeSettings } from '#shared/notices.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import { createTellAll } from '#main/platform/tell-all.ts'
import { createHappenings } from './happenings.ts'
import { noticeOf, reachedLevels, type CoreEvent } from './notice-of.ts'

export interface NoticesWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  /** The budget of the account that the site's purges are charged to, and the account's name. */
  budgetOf(siteId: string): Promise<{ readonly account: string; readonly budget: Budget }>
}

/** What people are told of, wherever they are. */
export interface Notices {
  settings(): NoticeSettings
  save(settings: NoticeSettings): NoticeSettings
  listen(signal: AbortSignal | undefined): AsyncGenerator<Notice, void>
  /** Follows what happens until the core stops. */
  begin(): void
}

export function createNotices(world: NoticesWorld): Notices {
  const { db, changes } = world
  const told = createTellAll<Notice>()
  const choices = db.raw.prepare<[], { kind: string; wanted: number }>('SELECT kind, wanted FROM notice_settings')
  const choose = db.raw.prepare('INSERT OR REPLACE INTO notice_settings (kind, wanted) VALUES (?, ?)')
  const tellOnce = db.raw.prepare('INSERT OR IGNORE INTO budget_notices (account, month, kind) VALUES (?, ?, ?)')
  const sites = db.raw.prepare<[], { id: string; name: string }>('SELECT id, name FROM sites')
  const happenings = createHappenings(db.raw, world.clock)

  const settings = (): NoticeSettings => {
    const unwanted = new Set(choices.all().flatMap(({ kind, wanted }) => (wanted === 0 ? [kind] : [])))
    const wanted = (kind: NoticeKind) => !unwanted.has(kind)
    return Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, wanted(kind)])) as NoticeSettings
  }

  /** Each level once a month and account; of several at once, the worst. */
  async function budgets(): Promise<CoreEvent[]> {
    const events: CoreEvent[] = []
    for (const site of sites.all()) {
      const { account, budget } = await world.budgetOf(site.id)
      const fresh = reachedLevels(budget).filter((level) => tellOnce.run(account, budget.month, level).changes > 0)
      if (fresh[0]) events.push({ kind: 'budget', site, level: fresh[0], budget })
    }
    return events
  }

  const looks: Partial<Record<Topic, () => CoreEvent[] | Promise<CoreEvent[]>>> = {
    builds: happenings.builds,
    plans: happenings.plans,
    hooks: happenings.sources,
    budget: budgets,
  }

  async function look(topics: readonly Topic[]): Promise<void> {
    for (const topic of topics) {
      const events = (await looks[topic]?.()) ?? []
      for (const event of events) {
        const notice = noticeOf(event)
        if (notice && settings()[notice.kind]) told.tell(notice)
      }
    }
  }

  async function follow(): Promise<void> {
    // At once, so that no change is missed between what stands so already and the first that is heard of.
    for (const first of [happenings.builds, happenings.plans, happenings.sources]) first()
    for await (const { topics } of changes.listen(world.stopped)) {
      await look(topics).catch((error: unknown) => world.stopped.aborted || world.log.error({ err: error }, 'notices'))
    }
  }

  return {
    settings,
    save(wanted) {
      db.transact(() => NOTICE_KINDS.forEach((kind) => choose.run(kind, wanted[kind] ? 1 : 0)))
      changes.tell('notices')
      return settings()
    },
    listen: (signal) => told.listen(signal),
    begin: () => void follow(),
  }
}
