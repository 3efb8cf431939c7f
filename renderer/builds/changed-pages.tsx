import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ChangeCounts, ReleaseChange } from '#shared/deploys.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { deploysQueries } from './queries.ts'
import classes from './deploys.module.css'

const KINDS = [
  { kind: 'changed', says: 'Changed' },
  { kind: 'added', says: 'Added' },
  { kind: 'removed', says: 'Removed' },
] as const

interface ChangedPagesProps {
  readonly releaseId: string
  readonly counts: ChangeCounts
  /** The release that it is compared with; left out: the one before it. */
  readonly against?: string | undefined
}

/** The pages in which a release differs, by what became of them; each list is fetched when it is opened. */
export function ChangedPages({ releaseId, counts, against }: ChangedPagesProps) {
  return (
    <div className={classes.lists}>
      {KINDS.filter(({ kind }) => counts[kind] > 0).map(({ kind, says }) => (
        <Disclosure key={kind} label={`${says} ${formatCount(counts[kind])}`}>
          <Paths releaseId={releaseId} kind={kind} against={against} />
        </Disclosure>
      ))}
    </div>
  )
}

interface PathsProps {
  readonly releaseId: string
  readonly kind: ReleaseChange['kind']
  readonly against: string | undefined
}

function Paths({ releaseId, kind, against }: PathsProps) {
  const site = useSite()
  const found = useInfiniteQuery(deploysQueries.changes(site.id, releaseId, kind, against))
  if (found.isPending) return <LateSkeleton />
  if (found.isError) return <FailureNote {...describeFailure(found.error)} onTryAgain={() => void found.refetch()} />
  const rows = found.data.pages.flatMap((page) => page.rows)
  return (
    <>
      <PathList rows={rows}>
        <ul className={classes.paths}>
          {rows.map(({ host, path }) => (
            <li key={host + path}>
              {site.zones.length > 1 && <span className={classes.quiet}>{host}</span>}
              <PathText path={path} host={host} />
            </li>
          ))}
        </ul>
      </PathList>
      {found.hasNextPage && (
        <Button size="compact-xs" variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}
