import type { RescueNote } from '#shared/upkeep.ts'
import { countOf, formatMoment } from '#renderer/ui/format.ts'

/** What happened to the database, what it means and what to do, as one paragraph. */
export function rescueWords({ damage, movedTo, backup, salvaged }: RescueNote): string {
  if (damage === null || movedTo === null) {
    return 'Frostline ended unexpectedly, and the file with what was written last is gone. The database is sound; the last minutes before that may be missing. Compare the newest purges with those of your vendor.'
  }
  const place = backup
    ? `the backup of ${formatMoment(backup.atMs)} took its place`
    : 'there was no sound backup, so an empty one took its place'
  const ledger = salvaged.find(({ table }) => table === 'ledger')
  const rows = salvaged.reduce((sum, { read }) => sum + read, 0)
  const kept =
    rows === 0
      ? backup
        ? 'Nothing newer could be read.'
        : 'Nothing of it could be read.'
      : `${countOf(rows, 'row')} could still be read and ${rows === 1 ? 'was' : 'were'} kept, ${countOf(ledger?.read ?? 0, 'entry', 'entries')} of the ledger among them.`
  const lost = salvaged.some(({ incomplete }) => incomplete) || rows === 0
  const what = backup ? `What happened since ${formatMoment(backup.atMs)}${rows > 0 ? ' and was not read' : ''}` : 'The rest'
  const missing = lost ? ` ${what} is missing: compare the budget with your vendor.` : ''
  const sites = salvaged.find(({ table }) => table === 'sites')?.read ?? 0
  const pages = backup
    ? 'Pages are as they were then; check the site to bring them up to date.'
    : sites > 0
      ? 'Pages have to be found again.'
      : 'Sites have to be added again.'
  return `The database was damaged (${damage}). It was moved aside, and ${place}. ${kept}${missing} ${pages}`
}
