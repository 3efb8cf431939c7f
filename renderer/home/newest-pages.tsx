import { Link } from 'react-router'
import type { NewPage } from '#shared/home.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import classes from './home.module.css'

const SERVED_WORDS: Record<NewPage['servedAs'], string> = {
  static: 'a static file',
  fallback: 'shown by the function, static after the next build',
  rendered: 'rendered, stored at the edge',
  redirect: 'a redirect',
  missing: 'missing: answered with 404',
  error: 'answers with an error',
  unknown: 'not checked yet',
}

/** The pages that were found last, and how visitors get them. */
export function NewestPages({ pages }: { readonly pages: readonly NewPage[] }) {
  const site = useSite()
  if (pages.length === 0) return <p className={classes.quiet}>No pages are known yet.</p>
  return (
    <PathList rows={pages}>
      <ul className={classes.newest}>
        {pages.map((page) => (
          <li key={page.pageId}>
            <Link to={`?page=${page.pageId}`}>
              <code>
                <PathText path={page.path} host={page.zoneHost} />
              </code>
            </Link>
            <span className={classes.served}>
              {SERVED_WORDS[page.servedAs]}
              {site.zones.length > 1 && ` · ${page.zoneHost}`}
            </span>
            <span className={classes.quiet}>
              <TimeAgo atMs={page.foundAtMs} />
            </span>
          </li>
        ))}
      </ul>
    </PathList>
  )
}
