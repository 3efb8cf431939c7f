import { Button, PasswordInput, Radio, Stack, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { NETWORK_MODES, type NetworkInput, type NetworkView } from '#shared/network.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LeaveGuard } from '#renderer/ui/leave-guard.tsx'
import { useSaveNetwork } from './mutations.ts'
import classes from './settings.module.css'

const FIELDS = ['proxy', 'noProxy', 'signInName', 'password', 'caFile'] as const
type Field = (typeof FIELDS)[number]

/** What an owner enters where the system cannot be asked, or says something else. */
export function NetworkForm({ view: { settings, asksSystem } }: { readonly view: NetworkView }) {
  const { hasPassword, ...rest } = settings
  const [typed, setTyped] = useState<NetworkInput | null>(null)
  const save = useSaveNetwork(() => setTyped(null))
  const values: NetworkInput = typed ?? { ...rest, password: null }
  const failure = save.isError ? describeFailure(save.error) : null
  const wrong = FIELDS.find((field) => field === failure?.field)
  const field = (name: Field) => ({
    value: values[name] ?? '',
    error: wrong === name && failure ? [failure.message, failure.fix].filter(Boolean).join(' ') : undefined,
    onChange: (event: { currentTarget: { value: string } }) => setTyped({ ...values, [name]: event.currentTarget.value }),
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(values)
  }
  const automatic = asksSystem
    ? 'From the environment, else the system’s own'
    : 'From the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). The system’s own is asked for only in the desktop window'
  return (
    <form className={classes.content} onSubmit={submit} noValidate>
      <Radio.Group
        label="Proxy"
        value={values.mode}
        onChange={(mode) => setTyped({ ...values, mode: NETWORK_MODES.find((one) => one === mode) ?? 'automatic' })}
      >
        <Stack gap={8} mt={8}>
          <Radio value="automatic" label="Automatic" description={automatic} />
          <Radio value="manual" label="This one" description="For http and https alike" />
          <Radio value="none" label="None" description="Everything is reached directly, whatever the environment says" />
        </Stack>
      </Radio.Group>
      {values.mode === 'manual' && (
        <>
          <TextInput label="Address" placeholder="proxy.example.com:3128" {...field('proxy')} />
          <div className={classes.pair}>
            <TextInput label="Name" description="Where the proxy wants one" autoComplete="off" {...field('signInName')} />
            <PasswordInput
              label="Password"
              description="Kept in the vault, never shown again"
              placeholder={hasPassword ? 'stays as it is' : ''}
              autoComplete="new-password"
              {...field('password')}
            />
          </div>
        </>
      )}
      {values.mode !== 'none' && (
        <TextInput
          label="Hosts that go without"
          description="Names with all below them, addresses, ranges, each with a port where it matters"
          placeholder="intranet.example.com, 10.0.0.0/8"
          {...field('noProxy')}
        />
      )}
      <TextInput
        label="CA file"
        description="A PEM file with your company’s certificate authority, on the machine where Frostline runs"
        placeholder="/etc/ssl/certs/company.pem"
        {...field('caFile')}
      />
      {typed !== null && <LeaveGuard what="the network settings" unsaved />}
      {failure && wrong === undefined && <FailureNote {...failure} />}
      <div className={classes.buttons}>
        <Button type="submit" disabled={typed === null} loading={save.isPending}>
          Save
        </Button>
        {typed !== null && (
          <Button
            variant="default"
            onClick={() => {
              setTyped(null)
              save.reset()
            }}
          >
            Undo
          </Button>
        )}
      </div>
    </form>
  )
}
