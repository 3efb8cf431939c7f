import { IconAlertCircle, IconDownload } from '@tabler/icons-react'
import { wordAt } from '#shared/http-cache/freshness.ts'
import type { PageRow } from '#shared/pages.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatExact } from '#renderer/ui/format.ts'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import classes from './freshness-cell.module.css'

/** The word, and beside it what has to be known about the check that it rests on. */
export function FreshnessCell({ row }: { readonly row: PageRow }) {
  const failed = lastCheckFailed(row)
  const word = wordAt(row, useNow())
  return (
    <span className={classes.cell}>
      <FreshnessMark word={word} proven={row.proven} />
      {failed !== null && (
        <span role="img" aria-label={failed} title={failed} className={classes.failed}>
          <IconAlertCircle size={14} aria-hidden />
        </span>
      )}
      {row.filledByCheck && (
        <span role="img" aria-label="our check stored this copy" title="Our check stored this copy" className={classes.filled}>
          <IconDownload size={13} aria-hidden />
        </span>
      )}
    </span>
  )
}

/** A failure after the last answer, as a sentence; null when the last check got its answer. */
export function lastCheckFailed(row: Pick<PageRow, 'failedAtMs' | 'observedAtMs' | 'failure'>): string | null {
  if (row.failedAtMs === null || row.observedAtMs === null || row.failedAtMs <= row.observedAtMs) return null
  return `Last check failed (${formatExact(row.failedAtMs)}): ${row.failure ?? 'no answer'}`
}
