import { Button, Modal, PasswordInput, Textarea, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { Credential } from '#shared/credentials.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useRotateCredential } from './queries.ts'
import classes from './credentials.module.css'

/** Takes a new value. It is tried before the old one is dropped. */
export function RotateDialog({ credential, onClose }: { readonly credential: Credential; readonly onClose: () => void }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const rotate = useRotateCredential()
  const failure = rotate.isError ? describeFailure(rotate.error) : null
  const refused = rotate.data?.saved === false ? rotate.data.findings.filter(({ ok }) => !ok) : []
  const run = (despite: boolean) =>
    rotate.mutate({ name: credential.name, values: { ...values }, despite }, { onSuccess: ({ saved }) => saved && onClose() })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    run(false)
  }
  const empty = credential.rotate.some(({ name }) => (values[name] ?? '').trim() === '')
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${credential.lacking ? 'Enter' : 'Rotate'}: ${credential.what}`}
      size={520}
      closeOnClickOutside={false}
    >
      <form onSubmit={submit} className={classes.form} noValidate>
        <p className={classes.sentence}>The new value is tried first. The old one is dropped when the new one works.</p>
        {credential.rotate.map(({ name, label, hidden, long }, index) => {
          const props = {
            label,
            value: values[name] ?? '',
            autoComplete: 'off',
            spellCheck: false,
            'data-autofocus': index === 0 || undefined,
            onChange: (event: { currentTarget: { value: string } }) => {
              setValues({ ...values, [name]: event.currentTarget.value })
              rotate.reset()
            },
          }
          if (long) return <Textarea key={name} {...props} autosize minRows={3} maxRows={10} />
          return hidden ? <PasswordInput key={name} {...props} /> : <TextInput key={name} {...props} />
        })}
        {failure && <FailureNote message={failure.message} fix={failure.fix} />}
        {refused.map(({ part, field, message, fix }) => (
          <FailureNote key={`${part} ${field}`} message={`${part}: ${message}`} fix={fix} />
        ))}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {refused.length > 0 && (
            <Button variant="default" loading={rotate.isPending} onClick={() => run(true)}>
              Keep it anyway
            </Button>
          )}
          <Button type="submit" disabled={empty} loading={rotate.isPending}>
            Test and save
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
