import { delay } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'

export interface DropPagesInput {
  readonly siteId: string
  /** Zones whose pages go; null: those of all of them. */
  readonly hosts: readonly string[] | null
}

/** One transaction: the core thread waits for it at most so long. */
const AT_ONCE = 1_000

/**
 * Forgets pages with everything that is known of them, a part at a time, so that other writers come in between. One that
 * was stopped goes on when it is called again.
 */
export async function dropPages(db: Raw, { siteId, hosts }: DropPagesInput): Promise<{ dropped: number }> {
  const some = db.prepare<[string, string | null, string | null]>(
    `DELETE FROM pages WHERE id IN (SELECT pages.id FROM pages JOIN zones ON zones.id = pages.zone_id
       WHERE pages.site_id = ? AND (? IS NULL OR zones.host IN (SELECT value FROM json_each(?))) LIMIT ${AT_ONCE})`,
  )
  const list = hosts === null ? null : JSON.stringify(hosts)
  let dropped = 0
  for (;;) {
    const { changes } = some.run(siteId, list, list)
    dropped += changes
    if (changes < AT_ONCE) return { dropped }
    await delay(0)
  }
}
