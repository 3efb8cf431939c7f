import { createBrowserRouter, Navigate } from 'react-router'
import { ActivityScreen } from '#renderer/activity/activity-screen.tsx'
import { JobStrip } from '#renderer/activity/job-strip.tsx'
import { LatestActivity } from '#renderer/activity/latest-activity.tsx'
import { AwayNote } from '#renderer/away/away-note.tsx'
import { BudgetScreen } from '#renderer/budget/budget-screen.tsx'
import { BuildsScreen } from '#renderer/builds/builds-screen.tsx'
import { RollBackCard } from '#renderer/builds/roll-back-card.tsx'
import { WhyScreen } from '#renderer/diagnosis/why-screen.tsx'
import { HomeScreen } from '#renderer/home/home-screen.tsx'
import { HooksScreen } from '#renderer/hooks/hooks-screen.tsx'
import { useShowFirst } from '#renderer/inspection/mutations.ts'
import { RunStrip } from '#renderer/inspection/run-strip.tsx'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { PageScreen } from '#renderer/pages/page-screen.tsx'
import { PagesScreen } from '#renderer/pages/pages-screen.tsx'
import { PlanScreen } from '#renderer/plans/plan-screen.tsx'
import { PurgesScreen } from '#renderer/plans/purges-screen.tsx'
import { SitesScreen } from '#renderer/sites/sites-screen.tsx'
import { TagsScreen } from '#renderer/tags/tags-screen.tsx'
import { BrokenScreen } from './broken-screen.tsx'
import { Frame } from './frame.tsx'
import { NeedsSite } from './needs-site.tsx'

/** Every screen has an address. `app://frostline/` in the desktop window and the loopback origin in a browser serve the same ones. */
export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <BrokenScreen />,
    children: [
      {
        element: <NeedsSite />,
        errorElement: <BrokenScreen />,
        children: [
          { path: '/home', element: <Home /> },
          { path: '/pages', element: <Pages /> },
          { path: '/pages/:pageId', element: <PageScreen /> },
          { path: '/tags', element: <TagsScreen /> },
          { path: '/purges', element: <PurgesScreen /> },
          { path: '/purges/:planId', element: <PlanScreen /> },
          { path: '/budget', element: <BudgetScreen /> },
          { path: '/builds', element: <BuildsScreen /> },
          { path: '/hooks', element: <HooksScreen /> },
        ],
      },
      { path: '/activity', element: <ActivityScreen /> },
      { path: '/why', element: <WhyScreen /> },
      { path: '/sites', element: <SitesScreen /> },
      { path: '*', element: <Start /> },
    ],
  },
])

function Pages() {
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

function Home() {
  const site = useSite()
  return (
    <HomeScreen
      notice={<AwayNote siteId={site.id} />}
      moreActions={<RollBackCard />}
      activity={<LatestActivity siteId={site.id} />}
    />
  )
}

/** Owners begin with the whole, operators with the pages, support with the question that they are asked. */
function Start() {
  const { mayAct, mayOwn } = useAccess()
  return <Navigate to={mayOwn ? '/home' : mayAct ? '/pages' : '/why'} replace />
}
