import { useSearchParams } from 'react-router'
import { BuildPanel } from '#renderer/builds/build-panel.tsx'
import { DeliveryPanel } from '#renderer/hooks/delivery-panel.tsx'
import { PagePanel } from '#renderer/pages/page-panel.tsx'
import { TagPanel } from '#renderer/tags/tag-panel.tsx'
import { SidePanel } from '#renderer/ui/side-panel.tsx'
import { PANELS } from './panels.ts'

/** What is open beside the screen is part of the address: back closes it, a copied address opens it. */
export function OpenPanel() {
  const [search, setSearch] = useSearchParams()
  const pageId = Number(search.get('page')) || null
  const buildId = search.get('build')
  const tag = search.get('openTag')
  const deliveryId = Number(search.get('delivery')) || null
  const close = () =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      for (const name of [...PANELS, 'tab']) next.delete(name)
      return next
    })
  if (pageId !== null)
    return (
      <SidePanel label="Page" wide onClose={close}>
        <PagePanel pageId={pageId} key={pageId} />
      </SidePanel>
    )
  if (buildId !== null)
    return (
      <SidePanel label="Build" onClose={close}>
        <BuildPanel buildId={buildId} key={buildId} />
      </SidePanel>
    )
  if (deliveryId !== null)
    return (
      <SidePanel label="Delivery" onClose={close}>
        <DeliveryPanel deliveryId={deliveryId} key={deliveryId} />
      </SidePanel>
    )
  if (tag !== null)
    return (
      <SidePanel label="Tag" onClose={close}>
        <TagPanel tag={tag} key={tag} />
      </SidePanel>
    )
  return null
}
