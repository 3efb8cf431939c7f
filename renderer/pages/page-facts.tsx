import type { PageDetail } from '#shared/pages.ts'
import { FactList, type Facts } from '#renderer/ui/fact-list.tsx'
import { TimeLeft } from '#renderer/ui/time-left.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import classes from './page-panel.module.css'

/** What a list shows of the page; the layers below have the rest. */
export function PageFacts({ page }: { readonly page: PageDetail }) {
  const facts: Facts = {
    'Last checked':
      page.observedAtMs === null ? (
        'never'
      ) : (
        <>
          <TimeAgo atMs={page.observedAtMs} />
          {page.vantage !== null && ` from here (${page.vantage})`}
        </>
      ),
    'Served as': page.servedAs,
    'Time left': page.time === null ? null : <TimeLeft {...page} />,
    'First byte': page.ttfbMs === null ? null : `${Math.round(page.ttfbMs)} ms`,
  }
  return (
    <section className={classes.section} aria-label="Facts">
      <FactList facts={facts} />
    </section>
  )
}
