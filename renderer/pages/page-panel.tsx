import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { lastCheckFailed } from './freshness-cell.tsx'
import { PageEntrySection } from './page-entry.tsx'
import { PageFacts, PageHeaders, PageTags } from './page-facts.tsx'
import { pagesQueries } from './queries.ts'
import classes from './page-panel.module.css'

/** One page: the sentence that says what visitors get, what can be done, and the facts below it. */
export function PagePanel({ pageId }: { readonly pageId: number }) {
  const acts = useActs()
  const { mayAct } = useAccess()
  const detail = useQuery(pagesQueries.get(pageId))
  if (detail.isError)
    return (
      <div className={classes.panel}>
        <FailureNote {...describeFailure(detail.error)} onTryAgain={() => void detail.refetch()} />
      </div>
    )
  if (!detail.data) return <LateSkeleton />
  const page = detail.data
  const target: Target = { selection: { kind: 'pages', pageIds: [page.id] }, words: page.path }
  const failed = lastCheckFailed(page)
  return (
    <div className={classes.panel}>
      <div>
        <h2 className={classes.path}>{page.path}</h2>
        <a className={classes.host} href={page.url} target="_blank" rel="noreferrer">
          {page.zoneHost}
        </a>
      </div>
      <FreshnessMark word={page.word} proven={page.proven} />
      <p className={classes.sentence}>{page.sentence}</p>
      {failed !== null && <p className={classes.failed}>{failed}</p>}
      {page.filledByCheck && (
        <p className={classes.quiet}>
          Our check stored this copy.{page.firstAnswer !== null && ` The first answer: ${page.firstAnswer}.`}
        </p>
      )}
      <div className={classes.acts}>
        <Button variant="default" onClick={() => acts.check(target)}>
          Check
        </Button>
        {mayAct && (
          <Button variant="default" onClick={() => acts.plan(target)}>
            Plan
          </Button>
        )}
        {mayAct && (
          <Button variant="default" onClick={() => acts.markAsChanged(target)}>
            Mark as changed…
          </Button>
        )}
      </div>
      <PageFacts page={page} />
      <PageEntrySection pageId={page.id} />
      <PageTags sources={page.tagSources} />
      <PageHeaders headers={page.headers} />
    </div>
  )
}
