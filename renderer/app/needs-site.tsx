import { Button } from '@mantine/core'
import { useContext } from 'react'
import { Outlet, useNavigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'

/** Screens about a site, once there is one. */
export function NeedsSite() {
  const site = useContext(CurrentSite)
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  if (site) return <Outlet key={site.id} />
  return (
    <EmptyNote title="No site yet" action={mayOwn && <Button onClick={() => void navigate('/sites/new')}>Add site</Button>}>
      The built-in site appears here a few seconds after the first start. Your own sites are added on the Sites screen.
    </EmptyNote>
  )
}
