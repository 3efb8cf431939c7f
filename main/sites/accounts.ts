import type { Raw } from '#main/platform/database.ts'
import { SiteSettings } from './store.ts'

/** Every account that purges are charged to and that keeps a list of them, with its sites and their distributions. */
export function accountsOfSites(
  db: Raw,
): { readonly account: string; readonly siteIds: string[]; readonly distributionIds: string[] }[] {
  const accounts = new Map<string, { account: string; siteIds: string[]; distributionIds: string[] }>()
  for (const row of db
    .prepare<[], { id: string; settings_json: string }>(
      'SELECT id, settings_json FROM sites WHERE removed_at IS NULL ORDER BY id',
    )
    .all()) {
    const { edge } = SiteSettings.parse(JSON.parse(row.settings_json))
    if (edge.kind !== 'cloudfront') continue
    const of = accounts.get(edge.account) ?? { account: edge.account, siteIds: [], distributionIds: [] }
    of.siteIds.push(row.id)
    of.distributionIds.push(edge.distributionId)
    accounts.set(edge.account, of)
  }
  return [...accounts.values()]
}
