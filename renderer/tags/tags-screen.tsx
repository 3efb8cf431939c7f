import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState, type ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { hint } from '#renderer/lib/use-shortcuts.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { MarksList } from './marks-list.tsx'
import { tagsQueries } from './queries.ts'
import { nextSort, readTagSort, writeTagSort } from './tag-sort.ts'
import { TagsTable } from './tags-table.tsx'
import classes from './tags-screen.module.css'

const PAUSE_MS = 200

/** The tag that is open beside the list; null: a person names one. */
function openTarget(search: URLSearchParams): Target | null {
  const tag = search.get('openTag')
  return tag === null ? null : { selection: { kind: 'tag', tag }, words: tag }
}

/** What pages depend on, by class, and the changes that were told. */
export function TagsScreen({ advice }: { readonly advice?: ReactNode }) {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const sort = readTagSort(search)
  const tags = useInfiniteQuery(tagsQueries.list(site.id, asked, sort))
  const rows = useMemo(() => tags.data?.pages.flatMap((part) => part.rows) ?? [], [tags.data])
  const { hasNextPage, isFetching, fetchNextPage } = tags
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const onOpen = useCallback(
    (tag: string) =>
      setSearch((now) => {
        const next = new URLSearchParams(now)
        next.delete('page')
        next.delete('build')
        next.set('openTag', tag)
        return next
      }),
    [setSearch],
  )
  return (
    <Screen
      fills
      title="Tags"
      note="What pages depend on"
      actions={
        <>
          <ExportMenu
            wish={{ list: 'tags', siteId: site.id, text: asked }}
            what={asked === '' ? 'All tags' : `Tags with “${asked}”`}
          />
          {mayAct && <Button onClick={() => acts.markAsChanged(openTarget(search))}>Mark as changed…</Button>}
        </>
      }
    >
      <div className={classes.above}>
        <MarksList siteId={site.id} />
        {advice}
      </div>
      <div className={classes.find} role="search" aria-label="Find tags">
        <TextInput
          className={classes.search}
          aria-label="Search tags"
          {...hint('filter', 'Search tags')}
          placeholder="Part of a tag"
          value={text}
          leftSection={<IconSearch size={14} aria-hidden />}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {tags.isError && <FailureNote {...describeFailure(tags.error)} onTryAgain={() => void tags.refetch()} />}
        {tags.isPending && <LateSkeleton />}
      </div>
      {tags.data && rows.length === 0 && (
        <EmptyNote
          title={asked === '' ? 'No tags are known yet' : 'No tag has this in it'}
          action={
            asked === '' ? (
              <Button variant="default" onClick={() => void navigate('/pages')}>
                Check pages
              </Button>
            ) : (
              <Button variant="default" onClick={() => setText('')}>
                Show all tags
              </Button>
            )
          }
        >
          Tags are read from checked pages and from the tag header. They would be listed here with the pages that carry them.
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <TagsTable
          rows={rows}
          sort={sort}
          more={tags.hasNextPage}
          openTag={search.get('openTag')}
          onOpen={onOpen}
          onNearEnd={onNearEnd}
          onSort={(by) => setSearch((now) => writeTagSort(now, nextSort(sort, by)), { replace: true })}
        />
      )}
    </Screen>
  )
}
