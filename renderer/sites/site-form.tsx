import { Button, PasswordInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { BuilderFields } from './builder-fields.tsx'
import { CloudFrontFields } from './cloudfront-fields.tsx'
import { ComparingFields } from './comparing-fields.tsx'
import { EDGES } from './edge-kinds.ts'
import { FindingsList } from './findings-list.tsx'
import { useAddSite, useTestSite } from './mutations.ts'
import { EMPTY_SITE, formField, readSite, type FieldErrors, type SiteFormValues } from './site-form-values.ts'
import { VarnishFields } from './varnish-fields.tsx'
import classes from './sites.module.css'

interface SiteFormProps {
  readonly onAdded: (siteId: string) => void
  readonly onClose: () => void
}

/** Adds a site. What was typed stays, whatever goes wrong. */
export function SiteForm({ onAdded, onClose }: SiteFormProps) {
  const [values, setValues] = useState<SiteFormValues>(EMPTY_SITE)
  const [wrong, setWrong] = useState<FieldErrors>({})
  const test = useTestSite()
  const add = useAddSite(onAdded)
  const refusal = [add, test].find((call) => call.isError)
  const failure = refusal ? describeFailure(refusal.error) : null
  const failedField = failure?.field ? formField(failure.field) : null

  const set = (change: Partial<SiteFormValues>) => {
    setValues((now) => ({ ...now, ...change }))
    setWrong({})
    add.reset()
    test.reset()
  }
  const run = (call: typeof test | typeof add) => {
    const read = readSite(values)
    add.reset()
    test.reset()
    setWrong(read.ok ? {} : read.errors)
    if (read.ok) call.mutate(read.input)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    run(add)
  }
  const field = (name: keyof SiteFormValues) => ({
    value: values[name],
    error: wrong[name] ?? (failedField === name ? failure?.message : undefined),
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <TextInput label="Name" placeholder="Lollies" data-autofocus {...field('name')} />
      <Textarea
        label="Addresses"
        description="One a line, one for each zone"
        placeholder="https://www.example.com"
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        {...field('addresses')}
      />
      <div className={classes.pair}>
        <Select
          label="Edge"
          description={
            values.edgeKind === 'any-cache' ? 'Checked and explained; nothing is purged' : 'Checked, explained and purged'
          }
          data={EDGES}
          allowDeselect={false}
          value={values.edgeKind}
          onChange={(chosen) => set({ edgeKind: EDGES.find(({ value }) => value === chosen)?.value ?? 'cloudfront' })}
          error={wrong.edgeKind}
        />
        <TextInput
          label="Origin address"
          description="Optional: where copies are compared with the origin"
          placeholder="https://"
          spellCheck={false}
          {...field('originUrl')}
        />
      </div>
      {values.edgeKind === 'cloudfront' && (
        <CloudFrontFields
          values={values}
          set={set}
          field={field}
          credentialsError={wrong.credentials ?? (failedField === 'credentials' ? failure?.message : undefined)}
        />
      )}
      {values.edgeKind === 'varnish' && <VarnishFields values={values} set={set} field={field} />}
      <BuilderFields values={values} set={set} field={field} />
      <PasswordInput
        label="Renderer address"
        description="Optional: the entries of the cache of pages that are rendered on demand. Kept as a secret"
        autoComplete="off"
        {...field('rendererUrl')}
      />
      <ComparingFields
        field={field}
        publishes={values.edgeKind === 'cloudfront' ? values.bucketUse === 'publish' : null}
        setPublishes={(publishes) => set({ bucketUse: publishes ? 'publish' : 'compare' })}
      />
      {failure && failedField === null && (
        <FailureNote
          message={failure.message}
          fix={failure.fix}
          onTryAgain={failure.retryable ? () => run(refusal === add ? add : test) : undefined}
        />
      )}
      {failure && failedField !== null && failure.fix !== null && <p className={classes.fix}>{failure.fix}</p>}
      {test.data && <FindingsList findings={test.data.findings} ok={test.data.ok} />}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="default" loading={test.isPending} onClick={() => run(test)}>
          Test connection
        </Button>
        <Button type="submit" loading={add.isPending}>
          Add
        </Button>
      </DialogFooter>
    </form>
  )
}
