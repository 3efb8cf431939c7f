import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo } from 'react'
import { Outlet, useSearchParams } from 'react-router'
import { activityQueries } from '#renderer/activity/queries.ts'
import { PauseBar } from '#renderer/automation/pause-bar.tsx'
import { AccessContext, type Access } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { SwitchEnd } from '#renderer/builds/switch-end.tsx'
import { useOverlay } from '#renderer/lib/palette.ts'
import { DamageBar, RescueBar } from '#renderer/settings/rescue-bar.tsx'
import { sitesQueries } from '#renderer/sites/queries.ts'
import { TourStrip } from '#renderer/tour/tour-strip.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { ActsProvider } from './acts-provider.tsx'
import { BrowserNotices } from './browser-notices.tsx'
import { FrameKeys } from './frame-keys.tsx'
import { onceQuiet } from './once-quiet.ts'
import { Rail } from './rail.tsx'
import type { OverlaysProps } from './overlays.tsx'
import { PANELS } from './panels.ts'
import { loadAllScreens, part, PARTS } from './screens.ts'
import { SCREEN_ID, SkipLink } from './skip-link.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useChosenSite } from './use-chosen-site.ts'
import classes from './frame.module.css'

const Overlays = part(PARTS.overlays)
const OpenPanel = part(PARTS.panel)

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
              <DamageBar />
              <RescueBar />
              <PauseBar />
              <TourStrip />
            </div>
            <Rail />
            <main id={SCREEN_ID} tabIndex={-1} className={classes.screen}>
              <Outlet />
            </main>
            {site && <Beside />}
            <StatusBar />
          </div>
          <BrowserNotices />
          <SwitchEnd />
          <FrameKeys />
          <Over sites={sites.data} onChooseSite={choose} />
        </ActsProvider>
      </CurrentSite>
    </AccessContext>
  )
}

/** What is open beside the screen is named in the address. */
function Beside() {
  const [search] = useSearchParams()
  if (!PANELS.some((name) => search.has(name))) return null
  return (
    <Suspense>
      <OpenPanel />
    </Suspense>
  )
}

/** Opens over every screen. */
function Over(props: OverlaysProps) {
  if (useOverlay() === null) return null
  return (
    <Suspense>
      <Overlays {...props} />
    </Suspense>
  )
}
