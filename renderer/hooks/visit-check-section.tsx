import { NativeSelect, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { VISIT_MINUTES } from '#shared/hooks.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useSaveVisitCheck } from './mutations.ts'
import { hooksQueries } from './queries.ts'
import hooksClasses from './hooks.module.css'
import { VisitsTable } from './visits-table.tsx'
import classes from './visit-check.module.css'

/** Pages that tell when somebody looks at them: what visitors' own edges give, and when a purge is worth its price. */
export function VisitCheckSection({ siteId }: { readonly siteId: string }) {
  const { mayOwn } = useAccess()
  const { data: check } = useQuery(hooksQueries.visitCheck(siteId))
  const save = useSaveVisitCheck()
  if (!check) return null
  return (
    <section className={hooksClasses.section} aria-label="Visit check">
      <div className={hooksClasses.head}>
        <h2>Visit check</h2>
        {check.snippet !== null && <CopyTextButton label="Copy snippet" text={() => check.snippet ?? ''} />}
      </div>
      <p className={classes.says}>
        A few lines on your pages tell Frostline that somebody looks at a page, and from which build their copy is. Only pages
        that are visited then cost a purge.{' '}
        {check.lastAtMs === null ? (
          'No visit was told yet.'
        ) : (
          <>
            {countOf(check.pagesSeen, 'page')} told of visits, the last <TimeAgo atMs={check.lastAtMs} />.
          </>
        )}
      </p>
      <div className={classes.line}>
        <Switch
          size="xs"
          label="Take visits"
          checked={check.enabled}
          disabled={!mayOwn || save.isPending}
          onChange={(event) => save.mutate({ siteId, enabled: event.currentTarget.checked, minutes: check.minutes })}
        />
        <NativeSelect
          aria-label="How often one browser tells of a page"
          value={String(check.minutes)}
          disabled={!mayOwn || save.isPending}
          data={VISIT_MINUTES.map((minutes) => ({
            value: String(minutes),
            label: `at most every ${countOf(minutes, 'minute')}`,
          }))}
          onChange={({ currentTarget: { value } }) =>
            save.mutate({
              siteId,
              enabled: check.enabled,
              minutes: VISIT_MINUTES.find((minutes) => String(minutes) === value) ?? check.minutes,
            })
          }
        />
      </div>
      <div className={classes.told}>
        <VisitsTable visits={check.lately} />
      </div>
      {check.snippet !== null && <pre className={classes.snippet}>{check.snippet}</pre>}
    </section>
  )
}
