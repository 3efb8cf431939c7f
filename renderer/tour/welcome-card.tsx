import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { Link } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { tourQueries } from './queries.ts'
import { beginTour, endTour, useTour } from './tour-store.ts'
import classes from './tour.module.css'

/** On Home of the built-in site, until somebody has begun the tour or does not want it. */
export function WelcomeCard() {
  const tour = useTour()
  const site = useContext(CurrentSite)
  const { mayOwn } = useAccess()
  const { data: demo } = useQuery({ ...tourQueries.demo(), enabled: tour === null && mayOwn })
  if (tour !== null || !mayOwn || site === null || demo?.siteId !== site.id) return null
  return (
    <section className={classes.card} aria-label="Welcome">
      <div>
        <h2>Welcome to Frostline</h2>
        <p>
          {site.name} is a small, real static-first site on this machine: pages built ahead, an edge that keeps copies, a build
          service. Nothing you do to it costs anything or leaves this machine.
        </p>
      </div>
      <div className={classes.acts}>
        <Button onClick={() => beginTour(demo.menu)}>Take the tour (2 minutes)</Button>
        <Button variant="default" component={Link} to="/sites/new">
          Add your own site
        </Button>
        <Button variant="subtle" onClick={() => endTour(null)}>
          Not now
        </Button>
      </div>
    </section>
  )
}
