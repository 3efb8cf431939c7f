import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { sitesQueries } from './queries.ts'
import { SiteCard } from './site-card.tsx'
import { SiteForm } from './site-form.tsx'
import classes from './sites.module.css'

/** The sites that this panel looks after. The form to add one has an address too. */
export function SitesScreen() {
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const sites = useQuery(sitesQueries.list())
  const close = () =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('add')
      return next
    })
  const addSite = mayOwn && <Button onClick={() => setSearch({ add: 'site' })}>Add site</Button>
  return (
    <Screen
      title="Sites"
      note={sites.data && countOf(sites.data.length, 'site')}
      actions={
        <>
          <ExportMenu wish={{ list: 'sites' }} what="All sites" />
          {addSite}
        </>
      }
    >
      {sites.isError && <FailureNote {...describeFailure(sites.error)} onTryAgain={() => void sites.refetch()} />}
      {sites.isPending && <LateSkeleton />}
      {sites.data && sites.data.length === 0 && (
        <EmptyNote title="No sites yet" action={addSite}>
          Add a site and Frostline shows what visitors get of every page, and what the cheapest purge is that makes it new.
        </EmptyNote>
      )}
      <div className={classes.sites}>
        {sites.data?.map((site) => (
          <SiteCard key={site.id} site={site} />
        ))}
      </div>
      {mayOwn && (
        <Modal
          opened={search.get('add') === 'site'}
          onClose={close}
          title="Add site"
          size={620}
          closeOnClickOutside={false}
          yOffset="6vh"
        >
          <SiteForm onClose={close} onAdded={(siteId) => void navigate(`/pages?site=${siteId}`)} />
        </Modal>
      )}
    </Screen>
  )
}
