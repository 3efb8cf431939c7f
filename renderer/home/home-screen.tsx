import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, type ReactNode } from 'react'
import { Link } from 'react-router'
import type { Home } from '#shared/home.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { FreshnessNow } from './freshness-now.tsx'
import { FreshnessHistory } from './freshness-over-time.tsx'
import { HomeActions } from './home-actions.tsx'
import { NewestPages } from './newest-pages.tsx'
import { homeQueries } from './queries.ts'
import { TruthSentence } from './truth-sentence.tsx'
import classes from './home.module.css'

const EdgeAnswers = lazy(async () => ({ default: (await import('./edge-answers.tsx')).EdgeAnswers }))

interface HomeScreenProps {
  /** Further acts, beside the three of this screen. */
  readonly moreActions?: ReactNode
  /** Above everything: what is told once. */
  readonly notice?: ReactNode
  readonly activity: ReactNode
}

/** What an owner wants to know first, and what can be done about it. */
export function HomeScreen({ moreActions, notice, activity }: HomeScreenProps) {
  const site = useSite()
  const home = useQuery(homeQueries.get(site.id))
  return (
    <Screen title="Home" note={site.name}>
      {home.isError && <FailureNote {...describeFailure(home.error)} onTryAgain={() => void home.refetch()} />}
      {home.isPending && <LateSkeleton />}
      {home.data && <Content siteId={site.id} home={home.data} moreActions={moreActions} notice={notice} activity={activity} />}
    </Screen>
  )
}

function Content({
  siteId,
  home,
  moreActions,
  notice,
  activity,
}: HomeScreenProps & { readonly siteId: string; readonly home: Home }) {
  return (
    <div className={classes.screen}>
      {notice}
      <TruthSentence home={home} />
      <HomeActions home={home}>{moreActions}</HomeActions>
      <section aria-label="Freshness now">
        <h2>
          Freshness now <Link to="/pages">All pages</Link>
        </h2>
        <FreshnessNow home={home} />
      </section>
      <FreshnessHistory siteId={siteId} />
      <Suspense fallback={null}>
        <EdgeAnswers siteId={siteId} />
      </Suspense>
      <div className={classes.columns}>
        <section aria-label="Newest pages">
          <h2>Newest pages</h2>
          <NewestPages pages={home.newest} />
        </section>
        <section aria-label="Last activities">
          <h2>
            Last activities <Link to="/activity">All</Link>
          </h2>
          {activity}
        </section>
      </div>
    </div>
  )
}
