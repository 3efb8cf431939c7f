import { useState } from 'react'
import type { ChangeOutcome, CurrentSettings } from '#shared/site-settings.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useChangeSite, useTestSettings } from '../mutations.ts'
import { formField } from '../site-form-values.ts'
import { editValues, readEdited, type EditErrors, type EditValues } from './edited-values.ts'

const STORED = 'Stored. Leave empty to keep it'

/** Fields of the form whose value is a secret, by the secret. */
const SECRET_FIELDS = {
  edge: ['accessKeyId', 'secretAccessKey', 'varnishSecret'],
  hook: ['hookUrl'],
  builder: ['netlifyToken'],
  build: ['buildEnvironment'],
  renderer: ['rendererUrl'],
  objects: [],
} as const

/** What is typed about a site, and what comes of it. */
export function useSettingsForm(siteId: string, current: CurrentSettings, onSaved: (changes: readonly string[]) => void) {
  const [before] = useState<EditValues>(() => editValues(current.settings))
  const [values, setValues] = useState(before)
  const [wrong, setWrong] = useState<EditErrors>({})
  const [refusals, setRefusals] = useState(0)
  const test = useTestSettings()
  const change = useChangeSite()
  const refusal = [change, test].find((call) => call.isError)
  const failure = refusal ? describeFailure(refusal.error) : null
  const failedField = failure?.field ? formField(failure.field) : null
  const stored = new Set<string>(current.secrets.filter((secret) => secret.stored).flatMap(({ secret }) => SECRET_FIELDS[secret]))
  const outcome: ChangeOutcome | undefined = change.data

  const clear = () => {
    setWrong({})
    test.reset()
    change.reset()
  }
  const set = (more: Partial<EditValues>) => {
    setValues((now) => ({ ...now, ...more }))
    clear()
  }
  const read = () => {
    clear()
    const result = readEdited(values, current.settings)
    if (!result.ok) {
      setWrong(result.errors)
      setRefusals((count) => count + 1)
    }
    return result.ok ? result.settings : null
  }
  const save = (despite: boolean) => {
    const settings = read()
    if (!settings) return
    change.mutate({ siteId, settings, despite }, { onSuccess: ({ saved, changes }) => saved && onSaved(changes) })
  }
  const tryIt = () => {
    const settings = read()
    if (settings) test.mutate({ siteId, settings })
  }
  const field = (name: keyof EditValues) => ({
    value: values[name],
    error: wrong[name] ?? (failedField === name ? failure?.message : undefined),
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    ...(stored.has(name) ? { placeholder: STORED } : {}),
  })
  const now = new Set(values.addresses.split('\n').map((line) => URL.parse(line.trim())?.host))
  return {
    values,
    wrong,
    set,
    field,
    save,
    tryIt,
    test,
    change,
    outcome,
    failure,
    failedField,
    /** How often something was wrong when it was to be saved or tried. */
    refusals,
    unsaved: change.data?.saved !== true && JSON.stringify(values) !== JSON.stringify(before),
    /** Zones that go with what is typed, with their pages. */
    goneZones: current.zones.filter(({ host }) => !now.has(host)),
  }
}
export type SettingsForm = ReturnType<typeof useSettingsForm>
