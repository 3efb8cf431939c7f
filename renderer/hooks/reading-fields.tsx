import { TextInput } from '@mantine/core'
import type { ReadableKind } from '#shared/hook-readings.ts'
import classes from './hooks.module.css'

/** What is entered, by field; empty: the usual value. */
export type ReadingTexts = Readonly<Record<string, string>>

interface Field {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly placeholder?: string
}

const FIELDS: Readonly<Record<ReadableKind, readonly Field[]>> = {
  contentful: [
    { name: 'space', label: 'Space id', placeholder: 'cfexampleapi' },
    { name: 'environment', label: 'Environment', placeholder: 'master' },
  ],
  sanity: [
    { name: 'project', label: 'Project id', placeholder: 'zp7mbokg' },
    { name: 'dataset', label: 'Dataset', placeholder: 'production' },
    {
      name: 'projection',
      label: 'Projection',
      description: 'As in the webhook, without before() and after(), so that rules find the same fields',
      placeholder: '{_id, _type, "slug": slug.current}',
    },
    { name: 'filter', label: 'Filter', description: 'As in the webhook. Empty: every document', placeholder: '_type == "post"' },
  ],
  github: [{ name: 'repository', label: 'Repository', placeholder: 'owner/name' }],
}

const APIS: Readonly<Record<ReadableKind, string>> = {
  contentful: 'https://cdn.contentful.com',
  sanity: 'https://PROJECT.api.sanity.io',
  github: 'https://api.github.com',
}
const PAIRED = 2

/** Where a vendor is asked. */
export function ReadingFields({
  kind,
  texts,
  onChange,
  errorOf,
}: {
  readonly kind: ReadableKind
  readonly texts: ReadingTexts
  readonly onChange: (texts: ReadingTexts) => void
  readonly errorOf: (field: string) => string | undefined
}) {
  const inputOf = ({ name, label, description, placeholder }: Field) => (
    <TextInput
      key={name}
      label={label}
      description={description}
      placeholder={placeholder}
      spellCheck={false}
      value={texts[name] ?? ''}
      onChange={(event) => onChange({ ...texts, [name]: event.currentTarget.value })}
      error={errorOf(`reading.${name}`)}
    />
  )
  const fields = FIELDS[kind]
  const inRow = fields.length >= PAIRED ? fields.slice(0, PAIRED) : []
  return (
    <>
      {inRow.length > 0 && <div className={classes.pair}>{inRow.map(inputOf)}</div>}
      {fields.slice(inRow.length).map(inputOf)}
      {inputOf({
        name: 'apiUrl',
        label: 'Address of its API',
        description: 'Only for another region or a server of your own',
        placeholder: APIS[kind],
      })}
    </>
  )
}
