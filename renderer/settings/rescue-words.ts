import type { RescueNote } from '#shared/upkeep.ts'
import { countOf, formatMoment } from '#renderer/ui/format.ts'

/** What happened to the database, what it means and what to do, as one paragraph. */
export function rescueWords({ damage, movedTo, backup, salvaged }: RescueNote): string {
  if (damage === null || movedTo === null) {
    return 'Frostline ended unexpectedly, and the file with what was written last is gone. The database is sound; the last minutes before that may be missing, so no page counts as checked until it is checked again. Compare the newest purges with those of your vendor.'
  }
  const place = backup
    ? `the backup of ${formatMoment(backup.atMs)} took its place`
    : 'there was no sound backup, so an empty one took its place'
  const ledger = salvaged.find(({ table }) => table === 'ledger')
  const rows = salvaged.reduce((sum, { read }) => sum + read, 0)
  const kept =
    rows === 0
      ? backup
        ? 'Nothing newer could be read: settings, hooks, visits, people and their sign-in links are as they were then, too.'
        : 'Nothing of it could be read.'
      : `${countOf(rows, 'row')} could still be read and ${rows === 1 ? 'was' : 'were'} kept, ${countOf(ledger?.read ?? 0, 'entry', 'entries')} of the ledger among them.`
  const lost = salvaged.some(({ incomplete }) => incomplete) || rows === 0
  const what = backup ? `What happened since ${formatMoment(backup.atMs)}${rows > 0 ? ' and was not read' : ''}` : 'The rest'
  const missing = lost ? ` ${what} is missing: compare the budget with your vendor.` : ''
  const sites = salvaged.find(({ table }) => table === 'sites')?.read ?? 0
  const pages = backup
    ? 'Pages, tags, builds and marks are as they were then, and no page counts as checked until it is checked again.'
    : sites > 0
      ? 'Pages have to be found again.'
      : 'Sites have to be added again.'
  return `The database was damaged (${damage}). It was moved aside, and ${place}. ${kept}${missing}${takenBack(salvaged)} ${pages}`
}

/** Names what could be read in part only, so that somebody looks at it. Of nothing at all there is nothing to name. */
function takenBack(salvaged: RescueNote['salvaged']): string {
  if (salvaged.every(({ read }) => read === 0)) return ''
  const names = new Set(salvaged.flatMap(({ table, incomplete }) => (incomplete ? (NAMES.get(table) ?? []) : [])))
  if (names.size === 0) return ''
  return ` What could be read in part only: ${new Intl.ListFormat('en').format(names)}. Look there whether all is as you left it.`
}

/** Tables that people would look for, by the word that the panel has for them. */
const NAMES = new Map(
  Object.entries({
    sites: ['sites', 'zones', 'site_limits', 'tag_configs'],
    people: ['people'],
    purges: ['purges', 'plans', 'plan_pages', 'purge_wishes'],
    'the budget': ['ledger', 'budget_settings', 'budget_overrides', 'account_purges'],
    hooks: ['hook_settings', 'hook_sources', 'hook_rules', 'hook_events', 'hook_work'],
    visits: ['visit_checks', 'visit_plans', 'visit_watches'],
    builds: ['build_settings', 'waiting_builds'],
    deploys: ['switches', 'later_switches', 'deploy_runs'],
    'the pause of automation': ['automation_pauses'],
    'checks of whole sites': ['inspection_settings', 'inspection_runs'],
    'the network': ['network_settings'],
    notifications: ['notice_settings'],
    'saved views': ['page_views'],
    Activity: ['log'],
  }).flatMap(([name, tables]) => tables.map((table) => [table, name] as const)),
)
