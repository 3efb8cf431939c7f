import { Link } from 'react-router'
import type { ActivitySubject, LogEntry } from '#shared/activity.ts'
import { countOf, formatMoney } from '#renderer/ui/format.ts'

/** "3 purges, $0.015": what the entry cost; empty when it cost nothing and could not have. */
export function costWords(cost: LogEntry['cost']): string {
  return cost === null ? '' : `${countOf(cost.items, 'purge')}, ${formatMoney(cost.microDollars)}`
}

/** Where what an entry is about can be seen. */
export function addressOf({ kind, id }: ActivitySubject): string {
  switch (kind) {
    case 'plan':
      return `/purges/${id}`
    case 'build':
      return `/builds?build=${id}`
    case 'page':
      return `/pages?page=${id}`
  }
}

/** What was done, as a way to it where there is one. */
export function EntryText({ entry }: { readonly entry: LogEntry }) {
  if (entry.about === null) return <span title={entry.text}>{entry.text}</span>
  return (
    <Link to={addressOf(entry.about)} title={entry.text}>
      {entry.text}
    </Link>
  )
}
