import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type SubmitEvent } from 'react'
import { coreNow } from '#renderer/ui/clock.ts'
import { zoneName } from '#renderer/ui/format.ts'
import { PasteField } from './paste-field.tsx'
import { diagnosisQueries } from './queries.ts'
import type { FieldError, QuestionDraft } from './question-draft.ts'
import classes from './why-form.module.css'

interface WhyFormProps {
  readonly draft: QuestionDraft
  readonly onDraft: (draft: QuestionDraft) => void
  readonly wrong: FieldError | null
  readonly asking: boolean
  readonly onAsk: () => void
  readonly onCancel: () => void
}

const PAUSE_MS = 250

/** The question: an address, when it was seen, what the customer got; and what asking costs, before it is pressed. */
export function WhyForm({ draft, onDraft, wrong, asking, onAsk, onCancel }: WhyFormProps) {
  const address = useRef<HTMLInputElement>(null)
  const [starts] = useDebouncedValue(draft.url.trim(), PAUSE_MS)
  const empty = useRef(draft.url === '')
  useEffect(() => {
    // Whoever comes with a question waits for its answer; everybody else begins to type.
    if (empty.current || wrong?.field === 'url') address.current?.focus()
  }, [wrong])
  const errorOf = (field: FieldError['field']) => (wrong?.field === field ? wrong.message : undefined)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!asking) onAsk()
  }
  return (
    <form className={classes.form} onSubmit={submit} noValidate aria-label="The question">
      <div className={classes.first}>
        <TextInput
          ref={address}
          label="Address of the page"
          size="md"
          className={classes.address ?? ''}
          classNames={{ input: classes.typed ?? '' }}
          placeholder="https://www.example.com/menu"
          value={draft.url}
          onChange={(event) => onDraft({ ...draft, url: event.currentTarget.value })}
          error={errorOf('url')}
          spellCheck={false}
          autoComplete="off"
          maxLength={8_000}
        />
        {asking ? (
          <Button size="md" className={classes.ask ?? ''} variant="default" onClick={onCancel}>
            Cancel
          </Button>
        ) : (
          <Button size="md" className={classes.ask ?? ''} type="submit">
            Ask
          </Button>
        )}
      </div>
      <Cost url={starts} past={draft.at !== ''} />
      <div className={classes.second}>
        <TextInput
          label="At what time did they see it?"
          description={`${zoneName(coreNow())}; empty: now`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="datetime-local"
          classNames={{
            root: classes.at ?? '',
            label: classes.atLabel ?? '',
            description: classes.zone ?? '',
            error: classes.atError ?? '',
          }}
          value={draft.at}
          onChange={(event) => onDraft({ ...draft, at: event.currentTarget.value })}
          error={errorOf('at')}
        />
        <PasteField paste={draft.paste} onPaste={(paste) => onDraft({ ...draft, paste })} error={errorOf('paste')} />
      </div>
    </form>
  )
}

function Cost({ url, past }: { readonly url: string; readonly past: boolean }) {
  const cost = useQuery({ ...diagnosisQueries.cost(url), enabled: url !== '' && !past })
  const says = past
    ? 'An instant that is past is answered from what was written down. Nobody is asked.'
    : url === ''
      ? 'Before you ask, this line says what asking costs the site. No purges are used.'
      : (cost.data?.sentence ?? 'Working out what asking costs…')
  return (
    <p className={classes.cost} aria-live="polite">
      {says}
    </p>
  )
}
