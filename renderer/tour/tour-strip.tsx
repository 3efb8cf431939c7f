import { lazy, Suspense, useContext } from 'react'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { useTour } from './tour-store.ts'

const RunningTour = lazy(async () => ({ default: (await import('./running-tour.tsx')).RunningTour }))

/** The tour on every screen of the built-in site while it is under way: a small list that ticks itself off. */
export function TourStrip() {
  const tour = useTour()
  const site = useContext(CurrentSite)
  if (tour?.state !== 'running' || site === null) return null
  return (
    <Suspense>
      <RunningTour tour={tour} siteId={site.id} />
    </Suspense>
  )
}
