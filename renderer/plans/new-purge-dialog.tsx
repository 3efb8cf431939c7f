import { Button, Modal, Textarea } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { Plan } from '#shared/plans.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useCreatePlan } from './mutations.ts'

interface NewPurgeDialogProps {
  readonly siteId: string
  readonly onPlanned: (plan: Plan) => void
  readonly onClose: () => void
}

/** Takes pasted addresses or paths, also of things that are in no list, such as feeds and images. */
export function NewPurgeDialog({ siteId, onPlanned, onClose }: NewPurgeDialogProps) {
  const [text, setText] = useState('')
  const create = useCreatePlan((plan) => {
    onClose()
    onPlanned(plan)
  }, true)
  const failure = create.isError ? describeFailure(create.error) : null
  const send = () => create.mutate({ siteId, selection: { kind: 'paths', text } })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    send()
  }
  return (
    <Modal opened onClose={onClose} title="New purge" size={560}>
      <form onSubmit={submit}>
        <Textarea
          data-autofocus
          label="Paths or addresses"
          description="One a line, such as /feed.xml or https://www.example.com/menu. A line that cannot be purged is listed with its reason."
          autosize
          minRows={6}
          maxRows={16}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          spellCheck={false}
        />
        {failure && <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? send : undefined} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={text.trim() === ''} loading={create.isPending}>
            Work out a plan
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
