import { Autocomplete, Button, Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { type Mark, TagText } from '#shared/tags.ts'
import type { Target } from '#renderer/lib/acts.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { coreNow } from '#renderer/ui/clock.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { fromLocalInput, toLocalInput } from '#renderer/lib/local-time.ts'
import { useMark } from './mutations.ts'
import { tagsQueries } from './queries.ts'
import classes from './mark-dialog.module.css'

interface MarkDialogProps {
  readonly siteId: string
  /** Null: the person names a tag. */
  readonly target: Target | null
  readonly onMarked: (mark: Mark) => void
  readonly onClose: () => void
}

/** Tells Frostline that something these pages show has changed, before any build knows of it. */
export function MarkDialog({ siteId, target, onMarked, onClose }: MarkDialogProps) {
  const [tag, setTag] = useState('')
  const [what, setWhat] = useState('')
  const [since, setSince] = useState(() => toLocalInput(coreNow()))
  const [wrong, setWrong] = useState<{ field: string; message: string } | null>(null)
  const known = useQuery({ ...tagsQueries.find(siteId, tag), enabled: target === null })
  const mark = useMark((done) => {
    onMarked(done)
    onClose()
  })
  const failure = mark.isError ? describeFailure(mark.error) : null
  const errorOf = (field: string) =>
    wrong?.field === field ? wrong.message : failure?.field?.startsWith(field) ? failure.message : undefined

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const named = TagText.safeParse(tag)
    const sinceMs = fromLocalInput(since, coreNow())
    if (target === null && !named.success)
      return setWrong({ field: 'target', message: named.error.issues[0]?.message ?? 'Name a tag' })
    if (what.trim() === '') return setWrong({ field: 'what', message: 'Say what changed, for example "menu: new item"' })
    if (sinceMs === null) return setWrong({ field: 'sinceMs', message: 'Give a day and a time' })
    setWrong(null)
    mark.mutate({ siteId, target: target?.selection ?? { kind: 'tag', tag: tag.trim() }, what: what.trim(), sinceMs })
  }

  return (
    <Modal opened onClose={onClose} title={target === null ? 'Mark as changed' : `Mark ${target.words} as changed`} size={480}>
      <form onSubmit={submit} className={classes.form} noValidate>
        {target === null && (
          <Autocomplete
            label="Tag"
            size="xs"
            placeholder="pb-menu:main-menu"
            value={tag}
            onChange={setTag}
            limit={20}
            maxDropdownHeight={110}
            data-autofocus
            data={(known.data?.rows ?? []).map((row) => row.tag)}
            error={errorOf('target')}
          />
        )}
        <TextInput
          label="What changed"
          placeholder="menu: new item"
          value={what}
          maxLength={200}
          data-autofocus={target !== null || undefined}
          onChange={(event) => setWhat(event.currentTarget.value)}
          error={errorOf('what')}
        />
        <TextInput
          label="Since when"
          type="datetime-local"
          step={1}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
          error={errorOf('sinceMs')}
        />
        <p className={classes.meaning}>
          Copies made before this moment no longer count as up to date. The pages wait for a build or refresh that began after it;
          nothing is purged or built now.
        </p>
        {failure && failure.field === null && <FailureNote message={failure.message} fix={failure.fix} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={mark.isPending}>
            Mark as changed
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
