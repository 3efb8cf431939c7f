import { Button, Modal, PasswordInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import type { ReadableKind } from '#shared/hook-readings.ts'
import type { HookSource } from '#shared/hook-sources.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useSaveReading } from './mutations.ts'
import { ReadingFields, type ReadingTexts } from './reading-fields.tsx'
import { toReading, toTexts, TOKENS } from './reading-words.ts'
import classes from './hooks.module.css'

interface ReadingDialogProps {
  readonly source: HookSource
  readonly kind: ReadableKind
  readonly onClose: () => void
}

/** Lets a source be asked what it could not deliver. It is asked at once, and nothing is kept when it refuses. */
export function ReadingDialog({ source, kind, onClose }: ReadingDialogProps) {
  const { id: sourceId, name, reading } = source
  const [texts, setTexts] = useState<ReadingTexts>(toTexts(reading?.settings ?? null))
  const [token, setToken] = useState('')
  const save = useSaveReading(onClose)
  const failure = save.isError ? describeFailure(save.error) : null
  const field = failure?.field ?? ''
  const inField = field === 'token' || field.startsWith('reading.')
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate({ sourceId, reading: toReading(kind, texts), token: token.trim() || null })
  }
  return (
    <Modal opened onClose={onClose} title={`Ask ${name} for changes`} size={560} closeOnClickOutside={false}>
      <form onSubmit={submit} className={classes.form} noValidate>
        <p className={classes.quiet}>
          While this machine sleeps or Frostline is closed, nothing can be delivered. With this it asks afterwards what has
          changed: at its start, at a wake and every hour. What a webhook told already is not done twice.
        </p>
        <ReadingFields
          kind={kind}
          texts={texts}
          onChange={setTexts}
          errorOf={(wanted) => (field === wanted ? failure?.message : undefined)}
        />
        <PasswordInput
          label="Token"
          description={`${TOKENS[kind]} It is kept in the vault and never shown again${reading?.hasToken === true ? '. Empty: the one that is kept' : ''}`}
          autoComplete="off"
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          error={field === 'token' && [failure?.message, failure?.fix].filter(Boolean).join(' ')}
        />
        {failure && !inField && <FailureNote message={failure.message} fix={failure.fix} />}
        <DialogFooter>
          {reading !== null && (
            <Button
              variant="subtle"
              color="red"
              disabled={save.isPending}
              onClick={() => save.mutate({ sourceId, reading: null })}
            >
              Ask no more
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Ask and save
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
