import { IconBolt, IconHammer, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Home } from '#shared/home.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { ActionCard } from '#renderer/ui/action-card.tsx'
import { countOf, formatCount, formatDuration } from '#renderer/ui/format.ts'
import { checkWords } from './check-words.ts'
import { purgeWords } from './purge-words.ts'
import { homeQueries, NEVER_CHECKED, OLD_COPIES } from './queries.ts'
import classes from './home.module.css'

/** With more old copies, working the price out is left to the plan. */
const PREVIEWED_AT_MOST = 5_000

/** What can be done about it, each with its consequence written on it. `children`: the acts of others. */
export function HomeActions({ home, children }: { readonly home: Home; readonly children?: ReactNode }) {
  const { mayAct, checksAtMost } = useAccess()
  return (
    <div className={classes.actions} role="group" aria-label="What you can do">
      {mayAct && <Rebuild home={home} />}
      {mayAct && <PurgeOldCopies home={home} />}
      {home.neverChecked <= checksAtMost && <CheckTheRest home={home} />}
      {children}
    </div>
  )
}

function Rebuild({ home: { build } }: { readonly home: Home }) {
  const { rebuild } = useActs()
  const { pinned } = useSite()
  const consequence = !build.possible
    ? 'This site has no build hook'
    : build.running !== null
      ? 'A build is running; another would follow it'
      : pinned !== null
        ? `Stays unpublished: the site is pinned to ${pinned.id}`
        : usualWords(build)
  return (
    <ActionCard icon={IconHammer} title="Rebuild now" consequence={consequence} disabled={!build.possible} onClick={rebuild} />
  )
}

/** "about 1 min 10 s, going by the last 12 builds". */
function usualWords({ usualMs, builds }: Home['build']): string {
  if (usualMs === null) return 'how long it takes is not known yet'
  const time = usualMs < 1_000 ? 'under 1 s' : `about ${formatDuration(usualMs)}`
  return builds === 1 ? `${time}, as the last build` : `${time}, going by the last ${countOf(builds, 'build')}`
}

function PurgeOldCopies({ home: { oldCopies } }: { readonly home: Home }) {
  const site = useSite()
  const { plan } = useActs()
  const priced = oldCopies > 0 && oldCopies <= PREVIEWED_AT_MOST
  const preview = useQuery({ ...homeQueries.purgeOfOldCopies(site.id, oldCopies), enabled: priced })
  const words = oldCopies === 1 ? '1 old copy' : `${formatCount(oldCopies)} old copies`
  const consequence =
    oldCopies === 0
      ? 'No old copy is known'
      : preview.data && priced
        ? purgeWords(preview.data)
        : 'prices are worked out in the plan'
  return (
    <ActionCard
      icon={IconBolt}
      title={oldCopies === 0 ? 'Purge old copies' : `Purge ${words}`}
      consequence={consequence}
      disabled={oldCopies === 0}
      onClick={() => plan({ selection: OLD_COPIES, words })}
    />
  )
}

function CheckTheRest({ home }: { readonly home: Home }) {
  const { check, findPages } = useActs()
  const { mayAct } = useAccess()
  const { neverChecked, pages } = home
  const words = checkWords(home)
  if (pages === 0) return <ActionCard icon={IconSearch} {...words} disabled={!mayAct} onClick={findPages} />
  return (
    <ActionCard
      icon={IconSearch}
      {...words}
      disabled={neverChecked === 0}
      onClick={() => check({ selection: NEVER_CHECKED, words: `${countOf(neverChecked, 'page')} never checked` })}
    />
  )
}
