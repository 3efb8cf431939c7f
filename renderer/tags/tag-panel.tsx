import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { CopyLinkButton } from '#renderer/ui/copy-link-button.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { tagsQueries } from './queries.ts'
import { TagCostFacts } from './tag-cost.tsx'
import { CrowdedPages } from './tag-crowded.tsx'
import classes from './tag-panel.module.css'

/** One tag, or a class: what it costs to purge, what can be done, and its pages. */
export function TagPanel({ tag }: { readonly tag: string }) {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const counts = useQuery(tagsQueries.pageCounts(site.id, tag))
  const pages = counts.data?.matching ?? 0
  const known = useQuery({ ...tagsQueries.find(site.id, tag), enabled: counts.data !== undefined && pages === 0 })
  const wasSeen = known.data?.rows.some((row) => row.tag === tag) ?? true
  const target = { selection: { kind: 'tag', tag }, words: `${countOf(pages, 'page')} with ${tag}` } as const
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <h2 className={classes.tag}>{tag}</h2>
        <CopyLinkButton link={{ kind: 'tag', site: site.zones[0]?.host ?? site.id, name: tag }} />
      </div>
      {counts.isError && <FailureNote {...describeFailure(counts.error)} onTryAgain={() => void counts.refetch()} />}
      {counts.data && (
        <p className={classes.sentence}>
          {sentence(tag, wasSeen, pages, counts.data.byWord.outdated, counts.data.byWord.pending)}
        </p>
      )}
      {mayAct && pages > 0 && (
        <div className={classes.acts}>
          <Button variant="default" onClick={() => acts.whatIf(target)}>
            What if this changes?
          </Button>
          <Button variant="default" onClick={() => acts.markAsChanged(target)}>
            Mark as changed…
          </Button>
          <Button variant="default" onClick={() => acts.plan(target)}>
            Plan a purge…
          </Button>
        </div>
      )}
      {pages > 0 && <TagCostFacts siteId={site.id} tag={tag} />}
      {pages > 0 && <CrowdedPages siteId={site.id} tag={tag} />}
      {pages > 0 && <TagPages siteId={site.id} tag={tag} total={pages} />}
    </div>
  )
}

function sentence(tag: string, wasSeen: boolean, pages: number, old: number, waiting: number): string {
  if (pages === 0) return wasSeen ? 'No page carries it any more.' : 'No page carries it, and none is known to have had it.'
  const carries = pages === 1 ? '1 page carries it' : `${formatCount(pages)} pages carry it`
  const orIds = tag.includes(':') ? '' : ', or an id of it'
  const states = [
    ...(old > 0 ? [`${formatCount(old)} ${old === 1 ? 'is an old copy' : 'are old copies'}`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for a build or refresh`] : []),
  ]
  return `${carries}${orIds}${states.length === 0 ? '' : `: ${states.join(', ')}`}.`
}

interface TagPagesProps {
  readonly siteId: string
  readonly tag: string
  readonly total: number
}

function TagPages({ siteId, tag, total }: TagPagesProps) {
  const site = useSite()
  const pages = useQuery(tagsQueries.pages(siteId, tag))
  if (pages.isError) return <FailureNote {...describeFailure(pages.error)} onTryAgain={() => void pages.refetch()} />
  if (!pages.data) return <LateSkeleton rows={5} />
  const { rows } = pages.data
  const hosts = new Map(site.zones.length > 1 ? site.zones.map((zone) => [zone.id, zone.host]) : [])
  return (
    <section aria-label="Pages with this tag" className={classes.section}>
      <div className={classes.heading}>
        <h3>{rows.length < total ? `${formatCount(rows.length)} of ${countOf(total, 'page')}` : countOf(total, 'page')}</h3>
        <Link to={`/pages?tag=${encodeURIComponent(tag)}`}>Show in Pages</Link>
      </div>
      <PathList rows={rows}>
        <ul className={classes.pages}>
          {rows.map((row) => (
            <li key={row.id}>
              <span className={classes.path}>
                <Link to={`/pages?tag=${encodeURIComponent(tag)}&page=${row.id}`}>
                  <PathText path={row.path} />
                </Link>
                {hosts.has(row.zoneId) && <span className={classes.quiet}> {hosts.get(row.zoneId)}</span>}
              </span>
              <FreshnessMark word={row.word} proven={row.proven} />
            </li>
          ))}
        </ul>
      </PathList>
    </section>
  )
}
