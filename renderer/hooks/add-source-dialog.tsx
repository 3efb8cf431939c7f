import { Button, Checkbox, Modal, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { presetSettings, SOURCE_KINDS, type SourceKind, type SourceReveal } from '#shared/hook-sources.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LocalOnlyNote } from './local-only-note.tsx'
import { useAddSource } from './mutations.ts'
import { SignatureFields } from './signature-fields.tsx'
import { SourceRevealed } from './source-reveal.tsx'
import { KIND_NAMES } from './source-words.ts'
import classes from './hooks.module.css'

const KINDS = SOURCE_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))
const SHORT_NAMES: Readonly<Record<SourceKind, string>> = {
  contentful: 'Contentful',
  sanity: 'Sanity',
  github: 'GitHub',
  hmac: 'Payload',
  header: 'Strapi',
}

/** Makes a source, then shows its address and its secret this once. */
export function AddSourceDialog({ siteId, onClose }: { readonly siteId: string; readonly onClose: () => void }) {
  const [kind, setKind] = useState<SourceKind>('contentful')
  const [name, setName] = useState(SHORT_NAMES.contentful)
  const [settings, setSettings] = useState(presetSettings('contentful'))
  const [secret, setSecret] = useState('')
  const [withRules, setWithRules] = useState(true)
  const [revealed, setRevealed] = useState<SourceReveal | null>(null)
  const [receiving, setReceiving] = useState(false)
  const add = useAddSource(setRevealed)
  const failure = add.isError ? describeFailure(add.error) : null
  const errorOf = (field: string) => (failure?.field === field ? failure.message : undefined)

  const choose = (next: SourceKind) => {
    setKind(next)
    setSettings(presetSettings(next))
    if (Object.values(SHORT_NAMES).includes(name)) setName(SHORT_NAMES[next])
    add.reset()
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate({ siteId, kind, name, settings, secret: secret.trim() || null, withRules })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={revealed ? name : 'Add source'}
      size={620}
      yOffset="4vh"
      closeOnClickOutside={false}
      closeOnEscape={!receiving && revealed === null}
    >
      {revealed ? (
        <SourceRevealed kind={kind} reveal={revealed} onDone={onClose} />
      ) : (
        <>
          <LocalOnlyNote sender={kind} open={receiving} setOpen={setReceiving} />
          <form onSubmit={submit} className={classes.form} noValidate>
            <div className={classes.pair}>
              <Select
                label="Who sends"
                data={KINDS}
                value={kind}
                allowDeselect={false}
                onChange={(chosen) => choose(SOURCE_KINDS.find((one) => one === chosen) ?? kind)}
              />
              <TextInput
                label="Name"
                value={name}
                maxLength={60}
                data-autofocus
                onChange={(event) => setName(event.currentTarget.value)}
                error={errorOf('name')}
              />
            </div>
            {(kind === 'hmac' || kind === 'header') && (
              <SignatureFields kind={kind} settings={settings} onChange={setSettings} errorOf={errorOf} />
            )}
            {kind !== 'github' && kind !== 'header' && (
              <NumberInput
                size="xs"
                label="Refuse deliveries that were signed longer ago than"
                description="0: their age does not matter. A tunnel or relay that keeps deliveries while this machine sleeps needs more"
                value={settings.maxAgeSeconds}
                min={0}
                max={2_592_000}
                suffix=" s"
                onChange={(value) => setSettings({ ...settings, maxAgeSeconds: Number(value) })}
                error={errorOf('settings.maxAgeSeconds')}
              />
            )}
            <PasswordInput
              label="Secret"
              description="Empty: one is made here and shown once. Enter one that the sender has made already"
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              error={errorOf('secret')}
            />
            <Checkbox
              label="Begin with the rules that are ready for it; they are edited below"
              checked={withRules}
              onChange={(event) => setWithRules(event.currentTarget.checked)}
            />
            {failure && !['name', 'secret'].includes(failure.field ?? '') && (
              <FailureNote message={failure.message} fix={failure.fix} />
            )}
            <DialogFooter>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={add.isPending}>
                Add
              </Button>
            </DialogFooter>
          </form>
        </>
      )}
    </Modal>
  )
}
