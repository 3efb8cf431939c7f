import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { Outlet, useSearchParams } from 'react-router'
import { activityQueries } from '#renderer/activity/queries.ts'
import { PauseBar } from '#renderer/automation/pause-bar.tsx'
import { BuildPanel } from '#renderer/builds/build-panel.tsx'
import { DeliveryPanel } from '#renderer/hooks/delivery-panel.tsx'
import { AccessContext, type Access } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { PagePanel } from '#renderer/pages/page-panel.tsx'
import { RescueBar } from '#renderer/settings/rescue-bar.tsx'
import { sitesQueries } from '#renderer/sites/queries.ts'
import { TagPanel } from '#renderer/tags/tag-panel.tsx'
import { TourStrip } from '#renderer/tour/tour-strip.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { SidePanel } from '#renderer/ui/side-panel.tsx'
import { ActsProvider } from './acts-provider.tsx'
import { BrowserNotices } from './browser-notices.tsx'
import { FrameKeys } from './frame-keys.tsx'
import { onceQuiet } from './once-quiet.ts'
import { Rail } from './rail.tsx'
import { loadAllScreens } from './screens.ts'
import { SCREEN_ID, SkipLink } from './skip-link.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useChosenSite } from './use-chosen-site.ts'
import classes from './frame.module.css'

/** Not a part of what the first screen waits for; asked for as soon as that is drawn. */
const Overlays = lazy(async () => ({ default: (await import('./overlays.tsx')).Overlays }))

/** Top bar, rail, the screen with its side panel, status bar. */
export function Frame() {
  const me = useQuery(activityQueries.me())
  const sites = useQuery(sitesQueries.list())
  const [site, choose] = useChosenSite(sites.data)
  const role = me.data?.role
  const queries = useQueryClient()
  useEffect(() => onceQuiet(queries, () => void loadAllScreens()), [queries])
  const access = useMemo(
    (): Access => ({
      person: me.data?.person ?? '',
      mayAct: role === 'owner' || role === 'operator',
      mayOwn: role === 'owner',
      checksAtMost: role === 'support' ? 1 : Number.POSITIVE_INFINITY,
    }),
    [me.data?.person, role],
  )
  const failed = sites.error ?? me.error
  if (failed && !sites.data) {
    return (
      <main className={classes.failed}>
        <FailureNote
          {...describeFailure(failed)}
          onTryAgain={() => {
            void sites.refetch()
            void me.refetch()
          }}
        />
      </main>
    )
  }
  if (!me.data || !sites.data) return null
  return (
    <AccessContext value={access}>
      <CurrentSite value={site}>
        <ActsProvider>
          <div className={classes.frame}>
            <SkipLink />
            <TopBar sites={sites.data} site={site} onChoose={choose} />
            <div className={classes.notice}>
              <RescueBar />
              <PauseBar />
              <TourStrip />
            </div>
            <Rail />
            <main id={SCREEN_ID} tabIndex={-1} className={classes.screen}>
              <Outlet />
            </main>
            {site && <OpenPanel />}
            <StatusBar />
          </div>
          <BrowserNotices />
          <FrameKeys />
          <Suspense>
            <Overlays sites={sites.data} onChooseSite={choose} />
          </Suspense>
        </ActsProvider>
      </CurrentSite>
    </AccessContext>
  )
}

/** What is open beside the screen is part of the address: back closes it, a copied address opens it. */
function OpenPanel() {
  const [search, setSearch] = useSearchParams()
  const pageId = Number(search.get('page')) || null
  const buildId = search.get('build')
  const tag = search.get('openTag')
  const deliveryId = Number(search.get('delivery')) || null
  const close = () =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('page')
      next.delete('build')
      next.delete('tab')
      next.delete('openTag')
      next.delete('delivery')
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
