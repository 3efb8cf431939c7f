import { PasswordInput, Radio, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AwsProfile } from '#shared/add-site.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { formatMoment } from '#renderer/ui/format.ts'
import type { SiteFormValues } from '../site-form-values.ts'
import { addSiteQueries } from './calls.ts'
import classes from './add-site.module.css'

interface AwsAccessProps {
  readonly values: SiteFormValues
  readonly set: (change: Partial<SiteFormValues>) => void
}

const KINDS: Record<AwsProfile['kind'], string> = {
  sso: 'single sign-on',
  keys: 'access keys in the file of credentials',
  role: 'a role',
  program: 'given by a program',
  other: 'no credentials of its own',
}

/** Where the credentials of AWS are: what is on this machine already first, keys last. */
export function AwsAccess({ values, set }: AwsAccessProps) {
  const found = useQuery(addSiteQueries.credentials())
  const environment = found.data?.environment
  const chosen = values.credentials === 'profile' ? `profile ${values.profile}` : values.credentials
  const choose = (value: string) =>
    value.startsWith('profile ')
      ? set({ credentials: 'profile', profile: value.slice('profile '.length) })
      : set({ credentials: value === 'keys' ? 'keys' : 'default' })
  return (
    <>
      <Radio.Group label="Credentials" value={chosen} onChange={choose}>
        <div className={classes.choices}>
          <Radio
            value="default"
            label="As the AWS tools of this machine do"
            description={
              environment?.keys
                ? 'The environment of Frostline has access keys. Nothing is stored'
                : environment?.profile
                  ? `The environment names the profile ${environment.profile}. Nothing is stored`
                  : 'The environment, single sign-on, the profile default, a role of the machine. Nothing is stored'
            }
          />
          {found.data?.profiles.map((profile) => (
            <div key={profile.name} className={classes.row}>
              <Radio value={`profile ${profile.name}`} label={`Profile ${profile.name}`} description={profileWords(profile)} />
              {profile.signIn !== null && profile.signIn.state !== 'valid' && (
                <CopyTextButton label="Copy the command" text={() => profile.signIn?.command ?? ''} />
              )}
            </div>
          ))}
          <Radio
            value="keys"
            label="Access keys"
            description="The last resort: they do not expire by themselves. Kept in the vault, and never shown again"
          />
        </div>
      </Radio.Group>
      {values.credentials === 'keys' && (
        <div className={classes.pair}>
          <TextInput
            label="Access key id"
            autoComplete="off"
            spellCheck={false}
            value={values.accessKeyId}
            onChange={({ currentTarget: { value } }) => set({ accessKeyId: value })}
          />
          <PasswordInput
            label="Secret access key"
            autoComplete="off"
            value={values.secretAccessKey}
            onChange={({ currentTarget: { value } }) => set({ secretAccessKey: value })}
          />
        </div>
      )}
      <Disclosure label="Another service with CloudFront’s API" startsOpen={values.endpoint !== ''}>
        <TextInput
          label="Endpoint"
          placeholder="https://"
          spellCheck={false}
          value={values.endpoint}
          onChange={({ currentTarget: { value } }) => set({ endpoint: value })}
        />
      </Disclosure>
    </>
  )
}

/** "single sign-on, signed in until …": what a profile is, and whether it can be used now. */
export function profileWords({ kind, signIn }: AwsProfile): string {
  if (signIn === null) return KINDS[kind]
  const how = kind === 'role' ? 'a role, by single sign-on' : KINDS[kind]
  if (signIn.state === 'missing') return `${how}, not signed in. Run ${signIn.command}`
  const until = signIn.untilMs === null ? '' : formatMoment(signIn.untilMs)
  return signIn.state === 'valid' ? `${how}, signed in (until ${until})` : `${how}, expired ${until}. Run ${signIn.command}`
}
