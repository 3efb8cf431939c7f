import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useLocation } from 'react-router'
import { tourQueries } from './queries.ts'
import { tourSteps, type Tour } from './tour-steps.ts'
import { endTour, writeTour } from './tour-store.ts'
import classes from './tour.module.css'

/** The steps, and the one that is next. */
export function RunningTour({ tour, siteId }: { readonly tour: Tour; readonly siteId: string }) {
  const demo = useQuery(tourQueries.demo(true))
  const marks = useQuery(tourQueries.marks(siteId))
  const plans = useQuery(tourQueries.plans(siteId))
  const { pathname, search } = useLocation()
  const sees = pathname === '/pages' && new URLSearchParams(search).get('freshness') === 'pending'
  useEffect(() => {
    if (sees && !tour.sawWaiting) writeTour({ ...tour, sawWaiting: true })
  }, [sees, tour])
  // Where no menu could be read when it began, the first one that is read is the one before.
  const menu = demo.data?.menu ?? null
  useEffect(() => {
    if (menu !== null && tour.menuBefore === null) writeTour({ ...tour, menuBefore: menu })
  }, [menu, tour])
  if (demo.data?.siteId !== siteId || !marks.data || !plans.data) return null
  const steps = tourSteps(tour, { menu, marks: marks.data, plans: plans.data })
  const at = steps.findIndex(({ done }) => !done)
  const step = steps[at]
  return (
    <aside className={classes.strip} aria-label="Tour">
      <ol>
        {steps.map(({ key, title, done }, index) => (
          <li
            key={key}
            data-done={done || undefined}
            aria-current={index === at ? 'step' : undefined}
            aria-label={`${title}${done ? ', done' : ''}`}
            title={title}
          >
            {done ? '✓' : index + 1}
          </li>
        ))}
      </ol>
      <span role="status" className={classes.says}>
        {step === undefined ? (
          <>
            <strong>That is all of it.</strong> One change, one purge, and the proof that visitors have it. Now your own site.
          </>
        ) : (
          <>
            <strong>{step.title}.</strong> {step.says}
          </>
        )}
      </span>
      {step === undefined ? (
        <Button component={Link} to="/sites/new" size="compact-sm" onClick={() => endTour(tour)}>
          Add your own site
        </Button>
      ) : step.to === null ? (
        <Button
          component="a"
          href={demo.data.controlsUrl ?? ''}
          target="_blank"
          rel="noreferrer"
          size="compact-sm"
          variant="default"
        >
          {step.button}
        </Button>
      ) : (
        <Button component={Link} to={step.to} size="compact-sm" variant="default">
          {step.button}
        </Button>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label="End the tour" onClick={() => endTour(tour)}>
        <IconX size={14} />
      </ActionIcon>
    </aside>
  )
}
