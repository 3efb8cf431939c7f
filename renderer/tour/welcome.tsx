import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { tourQueries } from './queries.ts'
import classes from './tour.module.css'

/** In the place of every screen about a site while there is none. */
export function Welcome() {
  const { mayOwn } = useAccess()
  const { data: demo } = useQuery(tourQueries.demo())
  return (
    <section className={classes.welcome} aria-label="Welcome">
      <h1>Welcome to Frostline</h1>
      <p>It answers three questions about a site whose pages are made ahead and kept at an edge:</p>
      <ul>
        <li>What do visitors get right now?</li>
        <li>Why is it not what it should be?</li>
        <li>What is the cheapest thing that fixes it, and did it work?</li>
      </ul>
      {demo?.comes === true && (
        <p role="status">The built-in site is being started. It appears here in a few seconds, with a tour of two minutes.</p>
      )}
      {mayOwn ? (
        <p>
          <Button component={Link} to="/sites/new">
            Add your own site
          </Button>
          <span className={classes.quiet}>Its address is enough to begin; nothing is stored before you say so.</span>
        </p>
      ) : (
        <p>An owner has to add a site first.</p>
      )}
    </section>
  )
}
