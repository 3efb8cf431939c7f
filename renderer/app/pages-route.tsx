import { JobStrip } from '#renderer/activity/job-strip.tsx'
import { useShowFirst } from '#renderer/inspection/mutations.ts'
import { RunStrip } from '#renderer/inspection/run-strip.tsx'
import { useSite } from '#renderer/lib/current-site.ts'
import { PagesScreen } from '#renderer/pages/pages-screen.tsx'

/** The pages, and what is being checked of them. */
export function PagesRoute() {
  const site = useSite()
  const onShown = useShowFirst(site.id)
  return (
    <PagesScreen
      onShown={onShown}
      strip={
        <>
          <RunStrip siteId={site.id} />
          <JobStrip siteId={site.id} kinds={['check', 'discover']} />
        </>
      }
    />
  )
}
