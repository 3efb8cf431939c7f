import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { edgeWords } from './edge-words.ts'
import { useRemoveSite } from './mutations.ts'
import classes from './sites.module.css'

const ZONES_NAMED = 5

export function SiteCard({ site }: { readonly site: Site }) {
  const { mayOwn } = useAccess()
  const [removing, setRemoving] = useState(false)
  const remove = useRemoveSite(() => setRemoving(false))
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
              .join(', ') + (more > 0 ? ` and ${more} more` : ''),
          Edge: edgeWords(site.edge),
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
      {[site.edge.message, site.watchProblem].map(
        (problem) =>
          problem !== null && (
            <p key={problem} className={classes.problem}>
              {problem}
            </p>
          ),
      )}
      <Modal opened={removing} onClose={() => setRemoving(false)} title={`Remove ${site.name}`} size={440}>
        Frostline forgets this site, its pages, its plans and its stored credentials. Nothing is changed at the edge or at the
        origin.
        <DialogFooter>
          <Button variant="default" data-autofocus onClick={() => setRemoving(false)}>
            Cancel
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ siteId: site.id })}>
            Remove {site.name}
          </Button>
        </DialogFooter>
      </Modal>
    </article>
  )
}
