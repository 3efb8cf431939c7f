import type { ChangeCounts, Deploy } from '#shared/deploys.ts'
import { countOf, formatCount, formatDuration } from '#renderer/ui/format.ts'
import classes from './deploys.module.css'

const STATES: Record<Deploy['state'], { readonly says: string; readonly sign: string; readonly meaning: string }> = {
  live: { says: 'Live', sign: '●', meaning: 'Visitors get this release.' },
  published: { says: 'Published', sign: '○', meaning: 'Visitors had this release once.' },
  unpublished: { says: 'Unpublished', sign: '◌', meaning: 'Built, and visitors never had it.' },
}

/** What became of a release, and whether the site is held at it. */
export function DeployMark({ deploy }: { readonly deploy: Pick<Deploy, 'state' | 'pinned'> }) {
  const look = STATES[deploy.state]
  return (
    <span className={classes.state} data-state={deploy.state} title={look.meaning}>
      <span aria-hidden>{look.sign}</span> {look.says}
      {deploy.pinned && <span className={classes.pinned}> · pinned</span>}
    </span>
  )
}

/** "+2 ~51 −1": pages that are new, changed and gone. */
export function ChangeMarks({ changes }: { readonly changes: ChangeCounts | null }) {
  if (changes === null) return <span className={classes.quiet}>–</span>
  const { added, changed, removed } = changes
  if (added + changed + removed === 0) return <span className={classes.quiet}>no page</span>
  return (
    <span className={classes.marks} title={changesText(changes)}>
      {added > 0 && <span className={classes.added}>+{formatCount(added)}</span>}
      {changed > 0 && <span className={classes.changed}>~{formatCount(changed)}</span>}
      {removed > 0 && <span className={classes.removed}>−{formatCount(removed)}</span>}
    </span>
  )
}

/** "2 pages added, 51 changed, 1 removed": for people. */
export function changesText({ added, changed, removed }: ChangeCounts): string {
  const parts = [
    added > 0 && `${formatCount(added)} added`,
    changed > 0 && `${formatCount(changed)} changed`,
    removed > 0 && `${formatCount(removed)} removed`,
  ].filter((part) => part !== false)
  const total = added + changed + removed
  if (parts.length === 1) return `${countOf(total, 'page')} ${added > 0 ? 'added' : changed > 0 ? 'changed' : 'removed'}`
  return total === 0 ? 'No page differs' : `${countOf(total, 'page')}: ${parts.join(', ')}`
}

/** When visitors see a switch. */
export function timeText(time: { readonly usualMs: number | null; readonly measured: number }): string {
  if (time.usualMs === null) return 'usually 3–6 minutes'
  return `about ${formatDuration(time.usualMs)}, measured here${time.measured > 1 ? ` ${formatCount(time.measured)} times` : ''}`
}
