import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { countOf } from '#renderer/ui/format.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { tagsQueries } from './queries.ts'
import classes from './tag-panel.module.css'

/** Its pages with more tags than an edge keeps of one. */
export function CrowdedPages({ siteId, tag }: { readonly siteId: string; readonly tag: string }) {
  const crowded = useQuery(tagsQueries.crowded(siteId, tag))
  if (!crowded.data || crowded.data.length === 0) return null
  return (
    <section aria-label="Pages with more than 50 tags" className={classes.section}>
      <h3>More than 50 tags: the edge may keep only the first 50</h3>
      <PathList rows={crowded.data}>
        <ul className={classes.pages}>
          {crowded.data.map((page) => (
            <li key={page.pageId}>
              <Link to={`/pages?page=${page.pageId}`}>
                <PathText path={page.path} host={page.zoneHost} /> <span className={classes.quiet}>{page.zoneHost}</span>
              </Link>
              <span>{countOf(page.tags, 'tag')}</span>
            </li>
          ))}
        </ul>
      </PathList>
    </section>
  )
}
