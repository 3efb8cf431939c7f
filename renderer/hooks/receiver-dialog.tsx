import { Button, Modal, NumberInput, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { Receiver } from '#shared/hooks.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useSaveReceiver } from './mutations.ts'
import classes from './hooks.module.css'

/** Where the receiver is reached, and how long deliveries are kept. */
export function ReceiverDialog({ receiver, onClose }: { readonly receiver: Receiver; readonly onClose: () => void }) {
  const [port, setPort] = useState<number | string>(receiver.port ?? 0)
  const [publicUrl, setPublicUrl] = useState(receiver.publicUrl ?? '')
  const [keepDays, setKeepDays] = useState<number | string>(receiver.keepDays)
  const save = useSaveReceiver(onClose)
  const untouched =
    Number(port) === (receiver.port ?? 0) && publicUrl === (receiver.publicUrl ?? '') && Number(keepDays) === receiver.keepDays
  const failure = save.isError ? describeFailure(save.error) : null
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate({ port: Number(port), publicUrl: publicUrl.trim() || null, keepDays: Number(keepDays) })
  }
  return (
    <Modal opened onClose={onClose} title="Receiver" size={480} closeOnClickOutside={untouched}>
      <form onSubmit={submit} className={classes.form} noValidate>
        <TextInput
          label="Public address"
          description="Where a tunnel or relay takes deliveries and leads them here. Empty: only this machine can deliver"
          placeholder="https://hooks.example.com"
          value={publicUrl}
          onChange={(event) => setPublicUrl(event.currentTarget.value)}
          error={failure?.field === 'publicUrl' && failure.message}
          data-autofocus
        />
        <div className={classes.pair}>
          <NumberInput
            size="xs"
            label="Port on this machine"
            description="0 takes a free one"
            value={port}
            min={0}
            max={65_535}
            onChange={setPort}
            error={failure?.field === 'port' && failure.message}
          />
          <NumberInput
            size="xs"
            label="Keep deliveries for"
            description="With their payload"
            value={keepDays}
            min={1}
            max={365}
            suffix=" days"
            onChange={setKeepDays}
            error={failure?.field === 'keepDays' && failure.message}
          />
        </div>
        {failure && failure.field === null && <FailureNote message={failure.message} fix={failure.fix} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
