import { Link } from 'react-router'
import type { PageDetail } from '#shared/pages.ts'
import { FactList, type Facts } from '#renderer/ui/fact-list.tsx'
import { formatDuration } from '#renderer/ui/format.ts'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import { TimeLeft } from '#renderer/ui/time-left.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import classes from './page-panel.module.css'

const HASH_SHOWN = 19
const ORIGIN_WORDS = { manifest: 'live release', origin: 'origin', renderer: 'renderer' } as const

export function PageFacts({ page }: { readonly page: PageDetail }) {
  const facts: Facts = {
    'Last checked':
      page.observedAtMs === null ? (
        'never'
      ) : (
        <>
          <TimeAgo atMs={page.observedAtMs} />
          {page.vantage !== null && ` from here (${page.vantage})`}
        </>
      ),
    Status: page.status === null ? null : String(page.status),
    'Served as': page.servedAs,
    'Copy made': page.copyMadeAtMs === null ? null : <TimeAgo atMs={page.copyMadeAtMs} />,
    Age: page.ageSeconds === null ? null : formatDuration(page.ageSeconds * 1_000),
    'Time left': page.time === null ? null : <TimeLeft {...page} />,
    Lifetime:
      page.lifetimeRule === null ? null : page.lifetimeRule + (page.lifetimeBasis === 'headers' ? ' (as the headers claim)' : ''),
    'First byte': page.ttfbMs === null ? null : `${Math.round(page.ttfbMs)} ms`,
    'Edge copy': hash(page.edgeHash),
    'Origin copy':
      page.originHash === null ? null : (
        <>
          {hash(page.originHash)}
          {page.originBasis !== null && <span className={classes.source}> from the {ORIGIN_WORDS[page.originBasis]}</span>}
        </>
      ),
  }
  return (
    <section className={classes.section} aria-label="Facts">
      <FactList facts={facts} />
    </section>
  )
}

function hash(text: string | null) {
  return text === null ? null : <code title={text}>{text.length > HASH_SHOWN ? `${text.slice(0, HASH_SHOWN)}…` : text}</code>
}

const SOURCE_WORDS = {
  both: 'in the page and the tag header',
  html: 'in the page only',
  header: 'in the tag header only',
} as const

export function PageTags({ sources }: { readonly sources: PageDetail['tagSources'] }) {
  if (sources.length === 0) return null
  return (
    <section className={classes.section} aria-label="Tags">
      <h3 className={classes.heading}>Tags</h3>
      {sources.map(({ tag, html, header }) => (
        <div key={tag} className={classes.tag}>
          <Link to={`/pages?tag=${encodeURIComponent(tag)}`}>
            <TagPill tag={tag} />
          </Link>
          <span className={classes.source}>{SOURCE_WORDS[html && header ? 'both' : html ? 'html' : 'header']}</span>
        </div>
      ))}
    </section>
  )
}

export function PageHeaders({ headers }: { readonly headers: PageDetail['headers'] }) {
  if (headers.length === 0) return null
  return (
    <section className={classes.section} aria-label="Headers">
      <h3 className={classes.heading}>Headers as they arrived</h3>
      <table className={classes.headers}>
        <tbody>
          {headers.map(([name, value], index) => (
            <tr key={index}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
