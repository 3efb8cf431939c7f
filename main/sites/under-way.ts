import type { Raw } from '#main/platform/database.ts'

/**
 * What of a site is under way at its edge, as a sentence that says what to do; null when nothing is. While there is
 * something, edge and account stay as they are, and the site stays.
 */
export function underWay(db: Raw, siteId: string): string | null {
  const one = (sql: string): string | null => db.prepare<[string], string>(sql).pluck().get(siteId) ?? null
  const plan = one(`SELECT plan_json ->> '$.title' FROM plans
    WHERE site_id = ? AND state IN ('building', 'purging', 'checking', 'warming') LIMIT 1`)
  if (plan !== null) return `A purge is under way: ${plan}. Wait until it has ended, or cancel it on the Purges screen.`
  const sent = one(`SELECT state FROM purges WHERE site_id = ? AND state = 'sent' LIMIT 1`)
  if (sent !== null) return 'A purge has been sent and is not completed yet. Wait until it is.'
  const release = one(`SELECT to_release FROM switches WHERE site_id = ? AND state IN ('intent', 'switched') LIMIT 1`)
  if (release !== null) return `The edge is being switched to ${release}. Wait until every location has it.`
  const deploy = one(`SELECT title FROM deploy_runs
    WHERE site_id = ? AND state IN ('uploading', 'waiting', 'switching', 'cleaning') LIMIT 1`)
  if (deploy !== null) return `${deploy} is being published. Wait until it has ended, or cancel it on the Builds screen.`
  const build = one(`SELECT title FROM begun_builds WHERE site_id = ?`)
  if (build !== null) return `The build ${build} is being asked for. Wait until the service has answered.`
  return null
}
