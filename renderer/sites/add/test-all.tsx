import { Button } from '@mantine/core'
import { useState } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { InView } from '#renderer/ui/in-view.tsx'
import { FindingsList } from '../findings-list.tsx'
import { useTestSite } from '../mutations.ts'
import { readSite, type FieldErrors, type SiteFormValues } from '../site-form-values.ts'
import classes from './add-site.module.css'

/** Tries every part of what was entered, once, and stores nothing. */
export function TestAll({ values, label }: { readonly values: SiteFormValues; readonly label: string }) {
  const test = useTestSite()
  const [wrong, setWrong] = useState<FieldErrors>({})
  const failure = test.isError ? describeFailure(test.error) : null
  const run = () => {
    const read = readSite(values)
    setWrong(read.ok ? {} : read.errors)
    test.reset()
    if (read.ok) test.mutate(read.input)
  }
  return (
    <>
      <div className={classes.row}>
        <Button variant="default" loading={test.isPending} onClick={run}>
          {label}
        </Button>
        <span className={classes.quiet}>
          Tries the zones (20 of them where there are more), the edge, builds, the bucket and the renderer once. Nothing is
          stored.
        </span>
      </div>
      {Object.values(wrong).map((message) => (
        <FailureNote key={message} message={message} fix={null} />
      ))}
      {failure && <FailureNote message={failure.message} fix={failure.fix} />}
      {test.data && (
        <InView key={test.submittedAt}>
          <FindingsList findings={test.data.findings} ok={test.data.ok} />
        </InView>
      )}
    </>
  )
}
