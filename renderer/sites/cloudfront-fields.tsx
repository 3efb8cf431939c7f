import { PasswordInput, Select, TextInput, type TextInputProps } from '@mantine/core'
import type { SiteFormValues } from './site-form-values.ts'
import classes from './sites.module.css'

interface CloudFrontFieldsProps {
  readonly values: SiteFormValues
  readonly set: (change: Partial<SiteFormValues>) => void
  readonly field: (name: keyof SiteFormValues) => Pick<TextInputProps, 'value' | 'error' | 'onChange'>
  readonly credentialsError: string | undefined
}

const CREDENTIALS = [
  { value: 'default', label: 'As AWS tools on this computer do' },
  { value: 'profile', label: 'A named profile' },
  { value: 'keys', label: 'Access keys' },
] as const

/** The distribution, and the credentials that may read and purge it. */
export function CloudFrontFields({ values, set, field, credentialsError }: CloudFrontFieldsProps) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="Distribution id"
          description="Of the CloudFront distribution"
          placeholder="E2QWRUHAPOMQZL"
          spellCheck={false}
          {...field('distributionId')}
        />
        <TextInput
          label="Endpoint"
          description="Optional: another service with this API"
          placeholder="https://"
          spellCheck={false}
          {...field('endpoint')}
        />
      </div>
      <Select
        label="Credentials"
        description="The default looks at the environment, single sign-on and profiles, and stores nothing"
        data={CREDENTIALS}
        allowDeselect={false}
        value={values.credentials}
        onChange={(chosen) => set({ credentials: CREDENTIALS.find(({ value }) => value === chosen)?.value ?? 'default' })}
        error={credentialsError}
      />
      {values.credentials === 'profile' && (
        <TextInput label="Profile" placeholder="As named in ~/.aws/config" spellCheck={false} {...field('profile')} />
      )}
      {values.credentials === 'keys' && (
        <div className={classes.pair}>
          <TextInput label="Access key id" autoComplete="off" spellCheck={false} {...field('accessKeyId')} />
          <PasswordInput label="Secret access key" autoComplete="off" {...field('secretAccessKey')} />
        </div>
      )}
    </>
  )
}
