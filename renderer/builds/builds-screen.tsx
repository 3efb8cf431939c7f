import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import type { Build } from '#shared/builds.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { BuildDuration, BuildStateMark, isUnderWay, releaseWords } from './build-words.tsx'
import { buildsQueries } from './queries.ts'
import { RunningBuild } from './running-build.tsx'
import classes from './builds.module.css'

const columns: readonly PlainColumn<Build>[] = [
  { key: 'state', header: 'State', width: 108, cell: (build) => <BuildStateMark state={build.state} /> },
  { key: 'title', header: 'Build', cell: (build) => <BuildTitle build={build} /> },
  { key: 'causes', header: 'Because', cell: (build) => <span title={build.causes.join('\n')}>{build.causes.join(', ')}</span> },
  { key: 'queued', header: 'When', width: 100, cell: (build) => <TimeAgo atMs={build.startedAtMs ?? build.queuedAtMs} /> },
  { key: 'took', header: 'Took', width: 92, align: 'right', cell: (build) => <BuildDuration build={build} /> },
  { key: 'release', header: 'Release', width: 128, cell: (build) => <ReleaseCell release={build.release} /> },
]

/** The builds of the site: the one that runs on top, then all that are known. */
export function BuildsScreen() {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const [search, setSearch] = useSearchParams()
  const builds = useQuery(buildsQueries.list(site.id))
  const canBuild = site.builder !== null && mayAct
  const open = (build: Build) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.delete('page')
      next.set('build', build.id)
      return next
    })
  return (
    <Screen
      title="Builds"
      note={
        site.builder &&
        `Built by ${site.builder.host}${site.builder.follows ? '' : ', which tells no more than that it accepted'}`
      }
      actions={
        canBuild && (
          <Button
            onClick={acts.rebuild}
            title="Makes the whole site new from the present content. Visitors see it after the pages at the edge are due or purged."
          >
            Rebuild now
          </Button>
        )
      }
    >
      {builds.isError && <FailureNote {...describeFailure(builds.error)} onTryAgain={() => void builds.refetch()} />}
      {builds.isPending && <LateSkeleton />}
      {builds.data
        ?.filter((build) => isUnderWay(build.state))
        .map((build) => (
          <RunningBuild key={build.id} build={build} />
        ))}
      {builds.data && builds.data.length > 0 && (
        <PlainTable
          label="Builds"
          columns={columns}
          rows={builds.data}
          rowKey={(build) => build.id}
          onOpen={open}
          isOpen={(build) => build.id === search.get('build')}
        />
      )}
      {builds.data && builds.data.length === 0 && (
        <EmptyNote
          title={site.builder ? 'No builds yet' : 'This site has no build hook'}
          action={canBuild && <Button onClick={acts.rebuild}>Rebuild now</Button>}
        >
          {site.builder
            ? 'Builds would be listed here with their log and what became of their release.'
            : 'With a build hook, Frostline could make the origin new and follow its builds here. Remove the site and add it again with one.'}
        </EmptyNote>
      )}
    </Screen>
  )
}

function BuildTitle({ build }: { readonly build: Build }) {
  return (
    <span title={build.error ?? build.title}>
      {build.title}
      {build.error !== null && <span className={classes.error}> – {build.error}</span>}
    </span>
  )
}

function ReleaseCell({ release }: { readonly release: Build['release'] }) {
  if (release === null) return null
  return (
    <span>
      <code>{release.id}</code> <span className={release.live ? classes.live : classes.quiet}>{releaseWords(release)}</span>
    </span>
  )
}
