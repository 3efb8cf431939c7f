import { AwayNote } from '#renderer/away/away-note.tsx'
import { LatestActivity } from '#renderer/activity/latest-activity.tsx'
import { RollBackCard } from '#renderer/builds/roll-back-card.tsx'
import { HomeScreen } from '#renderer/home/home-screen.tsx'
import { useSite } from '#renderer/lib/current-site.ts'
import { WelcomeCard } from '#renderer/tour/welcome-card.tsx'

/** The whole at a glance, with what other features add to it. */
export function HomeRoute() {
  const site = useSite()
  return (
    <HomeScreen
      notice={
        <>
          <WelcomeCard />
          <AwayNote siteId={site.id} />
        </>
      }
      moreActions={<RollBackCard />}
      activity={<LatestActivity siteId={site.id} />}
    />
  )
}
