import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Build } from '#shared/builds.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { BuildsPerDay } from './builds-per-day.tsx'
import { BuildDuration, BuildStateMark, Causes, isUnderWay, releaseWords, shortId } from './build-words.tsx'
import { DeploysTable } from './deploys-table.tsx'
import { HeldBanner } from './held-banner.tsx'
import { LaterBanner } from './later-banner.tsx'
import { ownSwitch } from './own-switch.ts'
import { PinBanner } from './pin-banner.tsx'
import { PublishButton, Publishing } from './publishing.tsx'
import { buildsQueries, deploysQueries, publishingQueries, queueQueries } from './queries.ts'
import { QueueNotes } from './queue-notes.tsx'
import { RuleFinder } from './rule-finder.tsx'
import { RunningBuild } from './running-build.tsx'
import { SwitchDialog } from './switch-dialog.tsx'
import { SwitchProgress } from './switch-progress.tsx'
import { WaitingBuild } from './waiting-build.tsx'
import { WhenBuilt } from './when-built.tsx'
import classes from './builds.module.css'
import deploysClasses from './deploys.module.css'

const columns: readonly PlainColumn<Build>[] = [
  { key: 'state', header: 'State', width: 108, cell: (build) => <BuildStateMark state={build.state} /> },
  { key: 'title', header: 'Build', cell: (build) => <BuildTitle build={build} /> },
  { key: 'causes', header: 'Because', cell: (build) => <Causes of={build} /> },
  { key: 'queued', header: 'When', width: 108, cell: (build) => <TimeAgo atMs={build.startedAtMs ?? build.queuedAtMs} /> },
  { key: 'took', header: 'Took', width: 92, align: 'right', cell: (build) => <BuildDuration build={build} /> },
  { key: 'release', header: 'Release', width: 190, cell: (build) => <ReleaseCell build={build} /> },
  {
    key: 'log',
    header: '',
    width: 60,
    align: 'right',
    cell: ({ hasLog }) => hasLog && <span className={deploysClasses.log}>Log</span>,
  },
]

/** What runs on top, then the releases of the site, and the builds that made none. */
export function BuildsScreen() {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const [search, setSearch] = useSearchParams()
  const builds = useQuery(buildsQueries.list(site.id))
  const deploys = useQuery(deploysQueries.list(site.id))
  const queue = useQuery(queueQueries.get(site.id))
  const published = useQuery(queueQueries.published(site.id))
  const publishes = useQuery(publishingQueries.list(site.id)).data?.possible === true
  const [switchTo, setSwitchTo] = useState<{ readonly id: string; readonly title: string } | null>(null)
  const switching = deploys.data?.lastSwitch !== null && deploys.data?.lastSwitch.endedAtMs === null
  const maySwitch = mayAct && !switching
  const canBuild = site.builder !== null && mayAct
  const released = new Set(deploys.data?.deploys.map(({ buildId }) => buildId))
  // What runs is above, and what made a release is among the deploys.
  const others = (deploys.isPending ? [] : (builds.data ?? [])).filter(
    (build) =>
      !isUnderWay(build.state) && !released.has(build.id) && !(deploys.isFetching && endedSince(build, deploys.dataUpdatedAt)),
  )
  const open = (buildId: string) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('page')
      next.set('build', buildId)
      return next
    })
  return (
    <Screen
      title="Builds"
      note={
        site.builder &&
        `Built ${site.builder.kind === 'local' ? 'on this machine, in' : 'by'} ${site.builder.host}${site.builder.follows ? '' : ', which tells no more than that it accepted'}`
      }
      actions={
        <>
          <ExportMenu wish={{ list: 'builds', siteId: site.id }} what="All builds of this site" />
          <PublishButton siteId={site.id} />
          {canBuild && (
            <Button
              onClick={acts.rebuild}
              title="Makes the whole site new from the present content. Visitors see it after the pages at the edge are due or purged."
            >
              Rebuild now
            </Button>
          )}
        </>
      }
    >
      {builds.isError && <FailureNote {...describeFailure(builds.error)} onTryAgain={() => void builds.refetch()} />}
      {builds.isPending && <LateSkeleton />}
      {deploys.isError && <FailureNote {...describeFailure(deploys.error)} onTryAgain={() => void deploys.refetch()} />}
      {deploys.data?.pin && <PinBanner pin={deploys.data.pin} mayAct={maySwitch} onSwitch={setSwitchTo} />}
      <Publishing siteId={site.id} />
      {deploys.data?.later && <LaterBanner later={deploys.data.later} mayAct={mayAct} />}
      {deploys.data?.lastSwitch && (
        <SwitchProgress
          current={deploys.data.lastSwitch}
          liveReleaseId={deploys.data.deploys.find(({ state }) => state === 'live')?.releaseId ?? null}
          usualMs={deploys.data.time.usualMs}
          mayAct={mayAct}
        />
      )}
      {published.data?.held && <HeldBanner held={published.data.held} />}
      {queue.data && <QueueNotes queue={queue.data} />}
      {builds.data
        ?.filter((build) => isUnderWay(build.state) && !released.has(build.id))
        .toSorted((a, b) => Number(a.state === 'queued') - Number(b.state === 'queued'))
        .map((build) => (
          <RunningBuild key={build.id} build={build} usualMs={queue.data?.usualMs ?? null} />
        ))}
      {queue.data && <WaitingBuild queue={queue.data} />}
      {queue.data && site.builder && <WhenBuilt queue={queue.data} />}
      {site.builder && <BuildsPerDay />}
      {deploys.data && deploys.data.deploys.length > 0 && (
        <>
          <h2 className={deploysClasses.heading}>Deploys</h2>
          <DeploysTable
            deploys={deploys.data.deploys}
            mayAct={maySwitch}
            onOpen={(deploy) => open(deploy.buildId)}
            isOpen={(deploy) => deploy.buildId === search.get('build')}
            onSwitch={(deploy) => setSwitchTo({ id: deploy.releaseId, title: deploy.title })}
          />
          {others.length > 0 && <h2 className={deploysClasses.heading}>Other builds</h2>}
        </>
      )}
      {switchTo && (
        <SwitchDialog
          releaseId={switchTo.id}
          title={switchTo.title}
          onClose={() => setSwitchTo(null)}
          onBegun={(begun) => ownSwitch.begin(site.id, begun.id)}
        />
      )}
      {others.length > 0 && (
        <PlainTable
          label={released.size > 0 ? 'Other builds' : 'Builds'}
          columns={columns}
          rows={others}
          rowKey={(build) => build.id}
          onOpen={(build) => open(build.id)}
          isOpen={(build) => build.id === search.get('build')}
        />
      )}
      {builds.data && builds.data.length === 0 && publishes && !site.builder && (
        <EmptyNote title="No release yet">
          Publish the folder that a build has written: it is brought to the bucket, and visitors get it from there.
        </EmptyNote>
      )}
      {builds.data && builds.data.length === 0 && (site.builder || !publishes) && (
        <EmptyNote
          title={site.builder ? 'No builds yet' : 'Nothing builds this site from here'}
          action={canBuild && <Button onClick={acts.rebuild}>Rebuild now</Button>}
        >
          {site.builder
            ? 'Builds would be listed here with their log and what became of their release.'
            : 'With a build hook or a project on this machine, Frostline could make the origin new and follow its builds here. Remove the site and add it again with one.'}
        </EmptyNote>
      )}
      {site.liveRelease !== null && (
        <div className={classes.rules}>
          <Disclosure label="Redirect rules">
            <RuleFinder />
          </Disclosure>
        </div>
      )}
    </Screen>
  )
}

/** Of one that made a release the deploys that are being asked for will tell. */
function endedSince({ endedAtMs, release }: Build, atMs: number): boolean {
  return release !== null && endedAtMs !== null && endedAtMs > atMs
}

function BuildTitle({ build }: { readonly build: Build }) {
  return (
    <span title={build.error ?? build.title}>
      {build.title}
      {build.error !== null && <span className={classes.error}> – {build.error}</span>}
    </span>
  )
}

function ReleaseCell({ build: { release, state } }: { readonly build: Build }) {
  if (release === null) return state === 'succeeded' ? <span className={classes.quiet}>not kept any more</span> : null
  return (
    <span>
      <code title={release.id}>{shortId(release.id)}</code>{' '}
      <span className={release.live ? classes.live : classes.quiet}>{releaseWords(release)}</span>
    </span>
  )
}
