import { Button, Modal } from '@mantine/core'
import type { Credential } from '#shared/credentials.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useRemoveCredential } from './queries.ts'
import classes from './credentials.module.css'

interface RemoveCredentialDialogProps {
  readonly credential: Credential
  readonly onClose: () => void
}

/** Says what stops working before it does. */
export function RemoveCredentialDialog({ credential, onClose }: RemoveCredentialDialogProps) {
  const remove = useRemoveCredential(onClose)
  const failure = remove.isError ? describeFailure(remove.error) : null
  return (
    <Modal opened onClose={onClose} title={`Remove ${credential.what}?`} size={480}>
      <p className={classes.sentence}>
        {credential.sites.map(({ name }) => name).join(', ')}: {credential.withoutIt} It can be entered again at any time. At the
        service itself it stays valid: revoke it there, too.
      </p>
      {failure && <FailureNote message={failure.message} fix={failure.fix} />}
      <DialogFooter>
        <Button variant="default" data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ name: credential.name })}>
          Remove it
        </Button>
      </DialogFooter>
    </Modal>
  )
}
