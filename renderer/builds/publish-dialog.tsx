import { Button, Modal, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { usePublishFolder } from './mutations.ts'
import classes from './deploys.module.css'

interface PublishDialogProps {
  readonly siteId: string
  readonly onClose: () => void
}

/** Names the folder of a finished build, and says what publishing it does. */
export function PublishDialog({ siteId, onClose }: PublishDialogProps) {
  const [path, setPath] = useState('')
  const [title, setTitle] = useState('')
  const publish = usePublishFolder()
  const failure = publish.isError ? describeFailure(publish.error) : null
  const send = () => publish.mutate({ siteId, path, title }, { onSuccess: onClose })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    send()
  }
  return (
    <Modal opened onClose={onClose} size={600} title="Publish a folder">
      <form onSubmit={submit} className={classes.says} noValidate>
        <TextInput
          label="Folder"
          description="What the build has written, on the machine that runs Frostline"
          placeholder="/home/ada/site/_site"
          spellCheck={false}
          data-autofocus
          value={path}
          error={failure?.field === 'path' ? failure.message : undefined}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <TextInput
          label="Title"
          description="Optional: what the release is called in the list of deploys"
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <p className={classes.quiet}>
          Files that changed are uploaded, the rest is copied within the bucket. Visitors get the whole new release at the moment
          the distribution is pointed at it, and what differs is purged when every location has it.
        </p>
        {failure && failure.field !== 'path' && (
          <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? send : undefined} />
        )}
        {failure?.field === 'path' && failure.fix !== null && <p className={classes.quiet}>{failure.fix}</p>}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={publish.isPending} disabled={path.trim() === ''}>
            Publish
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
