import { useQuery } from '@tanstack/react-query'
import type { Advice } from '#shared/advice.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { adviceQueries } from './queries.ts'
import classes from './advice-list.module.css'

interface AdviceListProps {
  /** Only what is about the pages of this plan. */
  readonly planId?: string
  readonly startsOpen?: boolean
}

/** What could be set otherwise so that less has to be purged, each with the figures behind it. Nothing without advice. */
export function AdviceList({ planId, startsOpen = false }: AdviceListProps) {
  const site = useSite()
  const found = useQuery(adviceQueries.list(site.id, planId)).data
  if (!found || found.advice.length === 0) return null
  return (
    <section aria-label="Advice" className={classes.box}>
      <Disclosure label={`${countOf(found.advice.length, 'piece')} of advice from the history`} startsOpen={startsOpen}>
        <ul className={classes.list}>
          {found.advice.map((advice) => (
            <AdviceLine key={`${advice.kind} ${advice.about.kind} ${advice.about.name}`} advice={advice} />
          ))}
        </ul>
        {found.privatePages > 0 && (
          <p className={classes.quiet}>
            {countOf(found.privatePages, 'page')} for one person each {found.privatePages === 1 ? 'is' : 'are'} left out.
          </p>
        )}
      </Disclosure>
    </section>
  )
}

function AdviceLine({ advice }: { readonly advice: Advice }) {
  return (
    <li>
      <code className={classes.about}>{advice.about.name}</code>
      <div>
        <span>{advice.says}</span>
        <span className={classes.quiet}>
          {advice.figures.map(({ name, value }) => (
            <span key={name} className={classes.figure}>
              {name}: {value}
            </span>
          ))}
        </span>
      </div>
    </li>
  )
}
