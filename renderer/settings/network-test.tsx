import { Button, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatDuration } from '#renderer/ui/format.ts'
import { useTestNetwork } from './mutations.ts'
import classes from './settings.module.css'

/** Connects to one host and says what came back. */
export function NetworkTest() {
  const [address, setAddress] = useState('cloudfront.amazonaws.com')
  const test = useTestNetwork()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    test.mutate({ address })
  }
  return (
    <>
      <form className={classes.tryOut} onSubmit={submit}>
        <TextInput
          label="Try a host"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          error={undefined}
        />
        <Button type="submit" variant="default" loading={test.isPending} disabled={address.trim() === ''}>
          Test
        </Button>
      </form>
      <div role="status">
        {test.isError && <FailureNote {...describeFailure(test.error)} />}
        {test.data && (
          <div className={classes.outcome} data-bad={test.data.ok ? undefined : true}>
            <span>{test.data.sentence}</span>
            {test.data.fix !== null && <span className={classes.quiet}>{test.data.fix}</span>}
            <span className={classes.quiet}>
              {test.data.proxy === null ? 'Directly' : `Through ${test.data.proxy}`}
              {test.data.issuer === null ? '' : `; certificate by ${test.data.issuer}`}; {formatDuration(test.data.tookMs)}
            </span>
          </div>
        )}
      </div>
    </>
  )
}
