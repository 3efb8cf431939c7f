import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { MarksList } from './marks-list.tsx'
import { tagsQueries } from './queries.ts'
import { TagsTable } from './tags-table.tsx'
import classes from './tags-screen.module.css'

const PAUSE_MS = 200

/** What pages depend on, and the changes that were told. */
export function TagsScreen() {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const tags = useQuery(tagsQueries.list(site.id, asked))
  return (
    <Screen
      title="Tags"
      note="What pages depend on"
      actions={mayAct && <Button onClick={() => acts.markAsChanged(null)}>Mark as changed…</Button>}
    >
      <MarksList siteId={site.id} />
      <TextInput
        className={classes.search}
        aria-label="Search tags"
        placeholder="Part of a tag"
        value={text}
        leftSection={<IconSearch size={14} aria-hidden />}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {tags.isError && <FailureNote {...describeFailure(tags.error)} onTryAgain={() => void tags.refetch()} />}
      {tags.isPending && <LateSkeleton />}
      {tags.data && tags.data.length === 0 && (
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
      {tags.data && tags.data.length > 0 && <TagsTable rows={tags.data} />}
    </Screen>
  )
}
