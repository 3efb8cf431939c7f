import { Button, FileButton, Modal, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState, type DragEvent, type SubmitEvent } from 'react'
import type { Plan } from '#shared/plans.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { CHARACTERS_AT_MOST, linesOfFile } from './lines-of-file.ts'
import { LinesNote } from './lines-note.tsx'
import { useCreatePlan } from './mutations.ts'
import { plansQueries } from './queries.ts'
import classes from './new-purge-dialog.module.css'

interface NewPurgeDialogProps {
  readonly siteId: string
  readonly onPlanned: (plan: Plan) => void
  readonly onClose: () => void
}

const PAUSE_MS = 300
/** What was typed and not planned yet, by site: closing the dialog loses nothing. */
const drafts = new Map<string, string>()

/** Takes pasted addresses or paths, also of things that are in no list, such as feeds and images. */
export function NewPurgeDialog({ siteId, onPlanned, onClose }: NewPurgeDialogProps) {
  const [text, setText] = useState(() => drafts.get(siteId) ?? '')
  useEffect(() => void drafts.set(siteId, text), [siteId, text])
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const [over, setOver] = useState(false)
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const read = useQuery(plansQueries.lines(siteId, asked))
  const create = useCreatePlan((plan) => {
    drafts.delete(siteId)
    onClose()
    onPlanned(plan)
  }, true)
  const error = create.error ?? read.error
  const failure = error ? describeFailure(error) : null
  const send = () => create.mutate({ siteId, selection: { kind: 'paths', text } })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    send()
  }
  const take = async (file: File | null | undefined) => {
    if (!file) return
    const lines = file.size > CHARACTERS_AT_MOST ? null : linesOfFile(await file.text())
    setTooLarge(lines === null ? `${file.name} is too large: a purge takes 2 MB of lines at a time.` : null)
    if (lines !== null) setText((before) => [before.trimEnd(), lines].filter((part) => part !== '').join('\n'))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  const known = text.trim() !== '' && read.data
  const nothing = known && asked === text && known.pages + known.unlistedCount === 0
  return (
    <Modal opened onClose={onClose} title="New purge" size={640}>
      <form onSubmit={submit}>
        <div
          className={classes.drop}
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <Textarea
            data-autofocus
            label="Paths or addresses"
            description="One a line, such as /feed.xml, /images/logo.png or https://www.example.com/menu; also of what is in no list."
            autosize
            minRows={6}
            maxRows={12}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            spellCheck={false}
            error={tooLarge}
            classNames={{ input: 'fl-mono' }}
          />
        </div>
        <div className={classes.files}>
          <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,.tsv,text/csv,text/plain">
            {(props) => (
              <Button variant="default" {...props}>
                Choose a file…
              </Button>
            )}
          </FileButton>
          <span>or drop a .txt or .csv above</span>
        </div>
        {known && <LinesNote read={known} />}
        {failure && <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? send : undefined} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={text.trim() === '' || nothing === true} loading={create.isPending}>
            Work out a plan
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
