import { Button } from '@mantine/core'
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
import { RemovedSites } from './removal/removed-sites.tsx'
import { SiteCard } from './site-card.tsx'
import { ExportButton } from './transfer/export-button.tsx'
import { ImportDialog } from './transfer/import-dialog.tsx'
import classes from './sites.module.css'

/** The sites that this panel looks after. What a file of settings would do has an address too. */
export function SitesScreen() {
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const sites = useQuery(sitesQueries.list())
  const close = () =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('import')
      next.delete('file')
      return next
    })
  const addSite = mayOwn && <Button onClick={() => void navigate('/sites/new')}>Add site</Button>
  const lacking = useQuery({ ...sitesQueries.lacking(), enabled: mayOwn })
  const lacksOf = (siteId: string) => lacking.data?.find((one) => one.siteId === siteId)?.what ?? []
  const actions = mayOwn && (
    <>
      <Button variant="default" onClick={() => setSearch({ import: 'settings' })}>
        Import settings…
      </Button>
      {sites.data !== undefined && sites.data.length > 0 && <ExportButton siteIds={null} name="sites" />}
      <ExportMenu wish={{ list: 'sites' }} what="All sites" />
      {addSite}
    </>
  )
  return (
    <Screen title="Sites" note={sites.data && countOf(sites.data.length, 'site')} actions={actions}>
      {sites.isError && <FailureNote {...describeFailure(sites.error)} onTryAgain={() => void sites.refetch()} />}
      {sites.isPending && <LateSkeleton />}
      {sites.data && sites.data.length === 0 && (
        <EmptyNote title="No sites yet" action={addSite}>
          Add a site and Frostline shows what visitors get of every page, and what the cheapest purge is that makes it new.
        </EmptyNote>
      )}
      <div className={classes.sites}>
        {sites.data?.map((site) => (
          <SiteCard key={site.id} site={site} lacks={lacksOf(site.id)} />
        ))}
      </div>
      {mayOwn && <RemovedSites />}
      {mayOwn && search.get('import') === 'settings' && <ImportDialog path={search.get('file')} onClose={close} />}
    </Screen>
  )
}
