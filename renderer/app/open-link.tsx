import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { readDeepLink, type DeepLink } from '#shared/deep-link.ts'
import type { Site } from '#shared/sites.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { whyPath } from '#renderer/lib/why-address.ts'
import { pagesQueries } from '#renderer/pages/queries.ts'
import { sitesQueries } from '#renderer/sites/queries.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { addressIn, siteOf } from './link-address.ts'

/** Where a link leads to: what a link names is looked for here, and shown under its own address. */
export function OpenLink() {
  const [search] = useSearchParams()
  const current = useContext(CurrentSite)
  const sites = useQuery(sitesQueries.list())
  const link = readDeepLink(search.get('to') ?? '')
  if (link === null)
    return (
      <EmptyNote title="This is no link of Frostline" action={<ToPages />}>
        It may have been cut or changed on its way. Ask for it again: it begins with frostline://
      </EmptyNote>
    )
  if (link.kind === 'why')
    return <Navigate replace to={whyPath({ url: link.url, atMs: link.at === null ? null : Date.parse(link.at) })} />
  if (!sites.data) return null
  const site = siteOf(link.site, sites.data, current)
  if (site === null)
    return (
      <EmptyNote title={`No site here has the host ${link.site}`} action={<ToPages />}>
        The link is to a site that this Frostline does not look after. Its owner adds it on Sites.
      </EmptyNote>
    )
  if (link.kind === 'page') return <OpenPage site={site} link={link} />
  return <Navigate replace to={addressIn(site, link)} />
}

function OpenPage({ site, link }: { readonly site: Site; readonly link: Extract<DeepLink, { kind: 'page' }> }) {
  const host = site.zones.some((zone) => zone.host === link.site) ? link.site : (site.zones[0]?.host ?? '')
  const page = useQuery(pagesQueries.at(site.id, host, link.path))
  if (page.isError) return <FailureNote {...describeFailure(page.error)} onTryAgain={() => void page.refetch()} />
  if (page.data === undefined) return null
  if (page.data !== null) return <Navigate replace to={addressIn(site, link, page.data.pageId)} />
  const zone = site.zones.find((each) => each.host === host)
  const url = `${(zone?.url ?? '').replace(/\/+$/, '')}${link.path}`
  return (
    <EmptyNote
      title={`${link.path} is not in the list of ${site.name}`}
      action={
        <Button component={Link} to={whyPath({ url, atMs: null })}>
          Ask why
        </Button>
      }
    >
      It was removed, or has not been found yet. Why? answers for any address.
    </EmptyNote>
  )
}

const ToPages = () => (
  <Button component={Link} to="/pages" variant="default">
    Go to Pages
  </Button>
)
