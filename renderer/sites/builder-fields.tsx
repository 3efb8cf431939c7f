import { PasswordInput, Select, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { LocalProjectFields } from './local-project-fields.tsx'
import type { SiteFormValues } from './site-form-values.ts'
import classes from './sites.module.css'

interface BuilderFieldsProps {
  readonly values: SiteFormValues
  readonly set: (change: Partial<SiteFormValues>) => void
  readonly field: (name: keyof SiteFormValues) => {
    readonly value: string
    readonly error: string | undefined
    readonly onChange: NonNullable<TextInputProps['onChange']> & ((event: { currentTarget: { value: string } }) => void)
  }
}

const KINDS = [
  { value: 'hook', label: 'Build hook' },
  { value: 'netlify', label: 'Netlify' },
  { value: 'local', label: 'Local project' },
  { value: 'none', label: 'None' },
] as const
const MEANS: Record<SiteFormValues['builderKind'], string> = {
  hook: 'Optional: any address that starts a build',
  netlify: 'Built, followed and rolled back',
  local: 'Runs the build of a project on this machine',
  none: 'Nothing is built from here',
}
const METHODS = ['POST', 'PUT', 'GET'] as const

/** What builds the site, and how it is told to. */
export function BuilderFields(props: BuilderFieldsProps) {
  const { values, set } = props
  return (
    <>
      <Select
        label="Builder"
        description={MEANS[values.builderKind]}
        data={KINDS}
        allowDeselect={false}
        value={values.builderKind}
        onChange={(chosen) => set({ builderKind: KINDS.find(({ value }) => value === chosen)?.value ?? 'hook' })}
      />
      {values.builderKind === 'hook' && <HookFields {...props} />}
      {values.builderKind === 'netlify' && <NetlifyFields {...props} />}
      {values.builderKind === 'local' && <LocalProjectFields {...props} />}
    </>
  )
}

function NetlifyFields({ field }: BuilderFieldsProps) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Netlify site id"
          description="Site configuration → Site details"
          placeholder="3970e0fe-8564-4903-9a55-c5f8de49fb8b"
          spellCheck={false}
          {...field('netlifySite')}
        />
        <PasswordInput
          label="Personal access token"
          description="May do what its owner may. Kept as a secret"
          autoComplete="off"
          {...field('netlifyToken')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Branch"
          description="Optional: the production branch otherwise"
          spellCheck={false}
          {...field('netlifyBranch')}
        />
        <PasswordInput
          label="Netlify build hook"
          description="Optional: triggers through it. Kept as a secret"
          autoComplete="off"
          {...field('hookUrl')}
        />
      </div>
      <TextInput
        label="Base address of the API"
        description="Optional: only where it is not Netlify's own"
        placeholder="https://api.netlify.com/api/v1"
        spellCheck={false}
        {...field('netlifyBase')}
      />
    </>
  )
}

function HookFields({ values, set, field }: BuilderFieldsProps) {
  const { hookMethod, hookHeaders, hookSecret, hookBody } = values
  return (
    <>
      <div className={classes.pair}>
        <PasswordInput
          label="Build hook address"
          description="Optional: triggers a build. Kept as a secret"
          autoComplete="off"
          {...field('hookUrl')}
        />
        <TextInput
          label="Build list address"
          description="Optional: where the service lists its builds"
          placeholder="https://"
          spellCheck={false}
          {...field('listUrl')}
        />
      </div>
      <Disclosure
        label="How the hook is called"
        startsOpen={hookMethod !== 'POST' || [hookHeaders, hookSecret, hookBody].some((text) => text !== '')}
      >
        <div className={classes.form}>
          <div className={classes.pair}>
            <Select
              label="Method"
              data={METHODS}
              allowDeselect={false}
              value={hookMethod}
              error={field('hookMethod').error}
              onChange={(chosen) => set({ hookMethod: METHODS.find((method) => method === chosen) ?? 'POST' })}
            />
            <PasswordInput
              label="Secret header"
              placeholder="Authorization: Bearer …"
              autoComplete="off"
              {...field('hookSecret')}
            />
          </div>
          <Textarea
            label="Headers"
            description="One a line"
            placeholder="X-Project: lollies"
            autosize
            minRows={1}
            maxRows={6}
            spellCheck={false}
            {...field('hookHeaders')}
          />
          <Textarea
            label="Body"
            description="Empty: the usual JSON. {title} and {cause} are filled in"
            placeholder={'{"event_type": "{title}"}'}
            autosize
            minRows={2}
            maxRows={10}
            spellCheck={false}
            {...field('hookBody')}
          />
        </div>
      </Disclosure>
    </>
  )
}
