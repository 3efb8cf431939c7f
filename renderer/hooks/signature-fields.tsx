import { NativeSelect, TextInput } from '@mantine/core'
import type { SourceSettings } from '#shared/hook-sources.ts'
import classes from './hooks.module.css'

interface SignatureFieldsProps {
  readonly kind: 'hmac' | 'header'
  readonly settings: SourceSettings
  readonly onChange: (settings: SourceSettings) => void
  readonly errorOf: (field: string) => string | undefined
}

const ENCODINGS = ['hex', 'base64', 'base64url'] as const
const ALGORITHMS = ['sha256', 'sha1'] as const

/** Where the proof stands, and how it is made. */
export function SignatureFields({ kind, settings, onChange, errorOf }: SignatureFieldsProps) {
  const text = (name: 'header' | 'prefix' | 'timestampHeader') => ({
    value: settings[name],
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onChange({ ...settings, [name]: event.currentTarget.value }),
    error: errorOf(`settings.${name}`),
  })
  return (
    <>
      <div className={classes.pair}>
        <TextInput label={kind === 'header' ? 'Header' : 'Header with the signature'} {...text('header')} />
        <TextInput
          label={kind === 'header' ? 'In front of the value' : 'In front of the signature'}
          placeholder={kind === 'header' ? 'Bearer' : 'sha256='}
          {...text('prefix')}
        />
      </div>
      {kind === 'hmac' && (
        <>
          <div className={classes.pair}>
            <NativeSelect
              label="Algorithm"
              data={[...ALGORITHMS]}
              value={settings.algorithm}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...settings, algorithm: ALGORITHMS.find((one) => one === value) ?? 'sha256' })
              }
            />
            <NativeSelect
              label="Written as"
              data={[...ENCODINGS]}
              value={settings.encoding}
              onChange={({ currentTarget: { value } }) =>
                onChange({ ...settings, encoding: ENCODINGS.find((one) => one === value) ?? 'hex' })
              }
            />
          </div>
          <TextInput
            label="Header with the signed time"
            description="As Payload's snippet signs it. Empty for a sender that signs no time, such as Storyblok: an equal body within 5 minutes then counts as the same delivery"
            placeholder="x-timestamp"
            {...text('timestampHeader')}
          />
        </>
      )}
    </>
  )
}
