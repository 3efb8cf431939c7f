import type { RulesPreview } from '#shared/discovery.ts'
import { countOf } from '#renderer/ui/format.ts'
import { byRules } from './rule-words.ts'
import classes from './discovery.module.css'

/** What rules do to the pages that are known, before they are saved. */
export function RulesEffect({ preview, saved }: { readonly preview: RulesPreview; readonly saved: boolean }) {
  const { total, renamed, merged, examples } = preview
  const none = renamed + merged === 0
  return (
    <section aria-label="What the rules do" className={classes.effect}>
      {none ? (
        <p className={classes.note}>None of the {countOf(total, 'known page')} changes.</p>
      ) : (
        <p className={classes.note}>
          Of {countOf(total, 'known page')}, <b>{countOf(merged, 'page')}</b> would become one with another and{' '}
          <b>{countOf(renamed, 'page')}</b> would get another address{saved ? ': the last rewriting did not end' : ''}. The newest
          check, the marks, tags and history of both are kept; it cannot be undone.
        </p>
      )}
      {examples.length > 0 && (
        <ul className={classes.examples}>
          {examples.map(({ from, to, by, merges }) => (
            <li key={from}>
              <code>{from}</code> → <code>{to}</code>{' '}
              <span className={classes.quiet}>
                {byRules(by)}
                {merges ? '; merges' : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
