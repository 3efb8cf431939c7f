import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Build } from '#shared/builds.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { useBuildLog } from '#renderer/lib/use-build-log.ts'
import { CopyLinkButton } from '#renderer/ui/copy-link-button.tsx'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { LogView } from '#renderer/ui/log-view.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { BuildDuration, BuildStateMark, causesOf, releaseWords } from './build-words.tsx'
import { ChangedPages } from './changed-pages.tsx'
import { changesText } from './deploy-words.tsx'
import { LogLink } from './log-link.tsx'
import { ReleasePurge } from './release-purge.tsx'
import { buildsQueries, deploysQueries, queueQueries } from './queries.ts'
import { RestoreDialog } from './restore-dialog.tsx'
import classes from './builds.module.css'

/** One build beside the list: its facts and its log. */
export function BuildPanel({ buildId }: { readonly buildId: string }) {
  const site = useSite()
  const builds = useQuery(buildsQueries.list(site.id))
  const build = builds.data?.find(({ id }) => id === buildId)
  if (builds.isPending) return <LateSkeleton />
  if (!build) return <EmptyNote title="No such build">It may be too old to be kept, or belong to another site.</EmptyNote>
  return <BuildDetail build={build} />
}

function BuildDetail({ build }: { readonly build: Build }) {
  const site = useSite()
  const log = useBuildLog(build.hasLog ? build.id : null)
  const { release } = build
  return (
    <div className={classes.panel}>
      <div className={classes.panelHead}>
        <h2>{build.title}</h2>
        <CopyLinkButton link={{ kind: 'build', site: site.zones[0]?.host ?? site.id, id: build.id }} />
      </div>
      <BuildStateMark state={build.state} />
      {build.error !== null && <p className={classes.error}>{build.error}</p>}
      <FactList
        facts={{
          Queued: <TimeAgo atMs={build.queuedAtMs} />,
          Started: build.startedAtMs === null ? null : <TimeAgo atMs={build.startedAtMs} />,
          Took: build.startedAtMs === null ? null : <BuildDuration build={build} />,
          Release:
            release === null ? null : (
              <span>
                <code>{release.id}</code> {releaseWords(release)}
              </span>
            ),
          Because:
            build.causes.length === 0 ? null : (
              <ul className={classes.causes}>
                {causesOf(build).map((cause, index) => (
                  <li key={index}>{cause}</li>
                ))}
              </ul>
            ),
        }}
      />
      {release !== null && <Differences releaseId={release.id} live={release.live} />}
      <PublishAgain build={build} />
      {build.logLink !== null && <LogLink build={build} />}
      {build.hasLog && <LogView lines={log.lines} ended={log.ended} height={380} />}
    </div>
  )
}

/** At services that keep and publish deploys by themselves. */
function PublishAgain({ build }: { readonly build: Build }) {
  const site = useSite()
  const { mayAct } = useAccess()
  const published = useQuery(queueQueries.published(site.id))
  const [asking, setAsking] = useState(false)
  if (!mayAct || published.data?.canRestore !== true || build.release === null || build.release.live) return null
  return (
    <div>
      <Button variant="default" onClick={() => setAsking(true)}>
        Publish this deploy…
      </Button>
      {asking && <RestoreDialog build={build} onClose={() => setAsking(false)} />}
    </div>
  )
}

/** In which pages the release differs from the one before it. */
function Differences({ releaseId, live }: { readonly releaseId: string; readonly live: boolean }) {
  const site = useSite()
  const found = useQuery(deploysQueries.counts(site.id, releaseId))
  if (!found.data || found.data.counts === null || found.data.against === null) return null
  const { counts, against } = found.data
  return (
    <section aria-label="Pages changed">
      <p className={classes.differs}>
        {changesText(counts)}{' '}
        <span className={classes.quiet}>
          against “{against.title}” ({against.id})
        </span>
      </p>
      <ChangedPages releaseId={releaseId} counts={counts} />
      {live && site.edge.purgesPaths && <ReleasePurge releaseId={releaseId} />}
    </section>
  )
}
