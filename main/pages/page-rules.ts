import { canonicalPath, KEEP_ALL, PageRules } from '#shared/page-identity.ts'
import type { Raw } from '#main/platform/database.ts'

/** The site's rules about which spellings of an address are one page. */
export function readPageRules(db: Raw, siteId: string): PageRules {
  const row = db
    .prepare<[string], { rules: string | null }>(`SELECT settings_json ->> '$.pageRules' AS rules FROM sites WHERE id = ?`)
    .get(siteId)
  return row?.rules ? PageRules.parse(JSON.parse(row.rules)) : KEEP_ALL
}

export function writePageRules(db: Raw, siteId: string, rules: PageRules): void {
  db.prepare(`UPDATE sites SET settings_json = json_set(settings_json, '$.pageRules', json(?)) WHERE id = ?`).run(
    JSON.stringify(rules),
    siteId,
  )
}

/** Turns a path into the one that its page has in the list of this site. */
export function pathReader(db: Raw, siteId: string): (path: string) => string {
  const rules = readPageRules(db, siteId)
  return (path) => canonicalPath(path, rules).path
}
