import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { edgeLabel, edgeWords } from './edge-words.ts'
import { RemoveSiteDialog } from './removal/remove-site-dialog.tsx'
import classes from './sites.module.css'

const ZONES_NAMED = 5

interface SiteCardProps {
  readonly site: Site
  /** Secrets that it has not. */
  readonly lacks: readonly string[]
}

export function SiteCard({ site, lacks }: SiteCardProps) {
  const { mayOwn } = useAccess()
  const [removing, setRemoving] = useState(false)
  const noAccess = site.edge.state === 'no-access'
  const more = site.zones.length - ZONES_NAMED
  return (
    <article className={classes.site} aria-label={site.name}>
      <div className={classes.head}>
        <h2>{site.name}</h2>
        <span className={classes.acts}>
          <Button component={Link} to={`/pages?site=${site.id}`} variant="default">
            Open
          </Button>
          {mayOwn && (
            <Button component={Link} to={`/sites/${site.id}`} variant="default">
              Settings
            </Button>
          )}
          {mayOwn && (
            <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          )}
        </span>
      </div>
      <FactList
        facts={{
          Zones:
            site.zones
              .slice(0, ZONES_NAMED)
              .map((zone) => zone.host)
              .join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : ''),
          // What it lacks is said below, once.
          Edge: noAccess ? edgeLabel(site.edge) : edgeWords(site.edge),
          Builds: site.builder
            ? `${site.builder.host}${site.builder.kind === 'local' ? ', on this machine' : site.builder.follows ? ', followed' : ', triggered only'}`
            : 'no build hook',
          Renderer: site.renderer === null ? null : site.renderer.host,
          Origin: site.originHost,
          'Live release':
            site.liveRelease === null ? null : (
              <span>
                {site.liveRelease.title ?? site.liveRelease.id} (<TimeAgo atMs={site.liveRelease.startedAtMs} />)
              </span>
            ),
        }}
      />
      {lacks.length > 0 && (
        <p className={classes.lacks} data-calm={noAccess || undefined}>
          {noAccess ? 'No access yet: it needs' : 'Needs'} {lacks.join(', ')}.
          <Button component={Link} to={`/sites/${site.id}`} size="compact-sm" variant="default">
            {noAccess ? 'Choose access…' : 'Enter it'}
          </Button>
        </p>
      )}
      {noAccess && lacks.length === 0 && (
        <p className={classes.lacks} data-calm>
          {site.edge.message}
        </p>
      )}
      {[noAccess ? null : site.edge.message, site.watchProblem].map(
        (problem) =>
          problem !== null && (
            <p key={problem} className={classes.problem}>
              {problem}
            </p>
          ),
      )}
      {removing && <RemoveSiteDialog siteId={site.id} name={site.name} onClose={() => setRemoving(false)} />}
    </article>
  )
}
