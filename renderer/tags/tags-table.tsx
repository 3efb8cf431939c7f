import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { TagRow } from '#shared/tags.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { countOf } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import classes from './tags-screen.module.css'

const columns: readonly PlainColumn<TagRow>[] = [
  { key: 'tag', header: 'Tag', cell: (row) => <TagPill tag={row.tag} /> },
  { key: 'pages', header: 'Pages', width: 110, align: 'right', cell: (row) => countOf(row.pages, 'page') },
  { key: 'purge', header: 'Purged by this tag', width: 190, cell: (row) => <TagPurge row={row} /> },
  { key: 'acts', header: '', width: 350, align: 'right', cell: (row) => <TagActs tag={row.tag} pages={row.pages} /> },
]

export function TagsTable({ rows }: { readonly rows: readonly TagRow[] }) {
  return <PlainTable label="Tags" columns={columns} rows={rows} rowKey={(row) => row.tag} />
}

function TagPurge({ row }: { readonly row: TagRow }) {
  const { tagHeader } = useSite().edge
  if (tagHeader === null)
    return (
      <span className={classes.quiet} title="This edge keeps no tags from a header, so pages are purged by path.">
        not at this edge
      </span>
    )
  if (row.headerPages === row.pages) return 'all of them'
  if (row.headerPages === 0)
    return (
      <span className={classes.quiet} title={`None of them was stored with this tag in ${tagHeader}.`}>
        none of them
      </span>
    )
  return (
    <span title={`Stored with this tag in ${tagHeader}.`}>
      {row.headerPages} of {row.pages}
    </span>
  )
}

function TagActs({ tag, pages }: { readonly tag: string; readonly pages: number }) {
  const acts = useActs()
  const { mayAct } = useAccess()
  const target = { selection: { kind: 'tag', tag }, words: `${countOf(pages, 'page')} with ${tag}` } as const
  return (
    <span className={classes.links}>
      <Button component={Link} to={`/pages?tag=${encodeURIComponent(tag)}`} size="compact-xs" variant="subtle">
        Show pages
      </Button>
      {mayAct && (
        <Button size="compact-xs" variant="subtle" onClick={() => acts.markAsChanged(target)}>
          Mark as changed…
        </Button>
      )}
      {mayAct && (
        <Button size="compact-xs" variant="subtle" onClick={() => acts.plan(target)}>
          Plan a purge…
        </Button>
      )}
    </span>
  )
}
