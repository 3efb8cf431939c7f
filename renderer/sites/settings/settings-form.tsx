import { Button, PasswordInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useEffect, useRef, type SubmitEvent } from 'react'
import type { CurrentSettings } from '#shared/site-settings.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { LeaveGuard } from '#renderer/ui/leave-guard.tsx'
import { BuilderFields } from '../builder-fields.tsx'
import { CloudFrontFields } from '../cloudfront-fields.tsx'
import { ComparingFields } from '../comparing-fields.tsx'
import { EDGES } from '../edge-kinds.ts'
import { FindingsList } from '../findings-list.tsx'
import { VarnishFields } from '../varnish-fields.tsx'
import { FormSection } from './form-section.tsx'
import { useSettingsForm } from './use-settings-form.ts'
import classes from './settings.module.css'

interface SettingsFormProps {
  readonly siteId: string
  readonly current: CurrentSettings
  readonly onSaved: (changes: readonly string[]) => void
  /** The site goes, and what was typed with it. */
  readonly mayLeave: boolean
}

/** Everything of a site that can be changed. What was typed stays, whatever goes wrong. */
export function SettingsForm({ siteId, current, onSaved, mayLeave }: SettingsFormProps) {
  const form = useSettingsForm(siteId, current, onSaved)
  const { values, set, field, wrong, failure, failedField } = form
  const fields = useRef<HTMLFormElement>(null)
  // A field that is wrong may be far from the button.
  const { refusals } = form
  useEffect(() => {
    if (refusals > 0) fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    form.save(false)
  }
  return (
    <form ref={fields} onSubmit={submit} className={classes.form} noValidate aria-label="Settings">
      <FormSection title="Site" about="What it is called, and the hosts that belong to it">
        <TextInput label="Name" {...field('name')} />
        <Textarea
          label="Addresses"
          description={`One a line, one for each zone: ${countOf(current.zones.length, 'zone')} now. A list can be pasted`}
          autosize
          minRows={3}
          maxRows={12}
          spellCheck={false}
          {...field('addresses')}
        />
        {form.goneZones.length > 0 && <GoneZones zones={form.goneZones} />}
        <Textarea
          label="Links"
          description="Optional, one a line: what it is called, then its address. They stand in the top bar"
          placeholder="Console https://example.com/console"
          autosize
          minRows={1}
          maxRows={6}
          spellCheck={false}
          {...field('links')}
        />
      </FormSection>
      <FormSection
        title="Edge"
        about={current.held ?? 'Where visitors get pages from, and whose account pays for purges'}
        held={current.held !== null}
      >
        <Select
          label="Edge"
          data={EDGES}
          allowDeselect={false}
          value={values.edgeKind}
          onChange={(chosen) => set({ edgeKind: EDGES.find(({ value }) => value === chosen)?.value ?? 'cloudfront' })}
          error={wrong.edgeKind}
        />
        {values.edgeKind === 'cloudfront' && (
          <CloudFrontFields
            values={values}
            set={set}
            field={field}
            credentialsError={wrong.credentials ?? (failedField === 'credentials' ? failure?.message : undefined)}
          />
        )}
        {values.edgeKind === 'varnish' && <VarnishFields values={values} set={set} field={field} />}
      </FormSection>
      <FormSection title="Builds" about="What makes the origin new">
        <BuilderFields values={values} set={set} field={field} />
      </FormSection>
      <FormSection title="Renderer" about="The cache of pages that are rendered on demand">
        <Switch
          label="Pages are rendered on demand"
          checked={values.rendererUse === 'kept'}
          onChange={(event) => set({ rendererUse: event.currentTarget.checked ? 'kept' : 'none', rendererUrl: '' })}
        />
        {values.rendererUse === 'kept' && (
          <PasswordInput label="Renderer address" description="Kept as a secret" autoComplete="off" {...field('rendererUrl')} />
        )}
      </FormSection>
      <FormSection title="Origin" about="What copies at the edge are compared with">
        <TextInput
          label="Origin address"
          description="Optional"
          placeholder="https://"
          spellCheck={false}
          {...field('originUrl')}
        />
        <ComparingFields
          field={field}
          publishes={values.edgeKind === 'cloudfront' ? values.bucketUse === 'publish' : null}
          setPublishes={(publishes) => set({ bucketUse: publishes ? 'publish' : 'compare' })}
        />
        <TextInput
          label="Seconds between looks for new pages and releases"
          inputMode="numeric"
          className={classes.short ?? ''}
          {...field('watchSeconds')}
        />
      </FormSection>
      <LeaveGuard what="this site" unsaved={form.unsaved && !mayLeave} />
      <footer className={classes.footer}>
        <div className={classes.outcome}>
          {failure && (
            <FailureNote
              message={failure.message}
              fix={failure.fix}
              onTryAgain={failure.retryable ? () => form.save(false) : undefined}
            />
          )}
          {form.test.data && <Tested findings={form.test.data} />}
          {form.outcome && !form.outcome.saved && (
            <>
              <FindingsList findings={form.outcome.findings} ok={false} />
              <p className={classes.quiet}>
                Nothing was saved. Correct it, or save it as it is: what does not answer stays unused until it does.
              </p>
            </>
          )}
        </div>
        <div className={classes.buttons}>
          <Button variant="default" loading={form.test.isPending} onClick={form.tryIt}>
            Test connection
          </Button>
          {form.outcome?.saved === false && (
            <Button variant="default" loading={form.change.isPending} onClick={() => form.save(true)}>
              Save anyway
            </Button>
          )}
          <Button type="submit" loading={form.change.isPending}>
            Save
          </Button>
        </div>
      </footer>
    </form>
  )
}

function Tested({ findings }: { readonly findings: Parameters<typeof FindingsList>[0]['findings'] }) {
  if (findings.length === 0)
    return (
      <p role="status" className={classes.quiet}>
        Nothing was changed that could be tried. Save tries what changes by itself.
      </p>
    )
  return <FindingsList findings={findings} ok={findings.every(({ ok }) => ok)} />
}

const NAMED = 5

function GoneZones({ zones }: { readonly zones: CurrentSettings['zones'] }) {
  const pages = zones.reduce((sum, zone) => sum + zone.pages, 0)
  const more = zones.length - NAMED
  const named = zones
    .slice(0, NAMED)
    .map(({ host }) => host)
    .join(', ')
  return (
    <p role="status" className={classes.gone}>
      {countOf(zones.length, 'zone')} {zones.length === 1 ? 'goes' : 'go'}: {named}
      {more > 0 && ` and ${formatCount(more)} more`}. {countOf(pages, 'page')} of {zones.length === 1 ? 'it' : 'them'}{' '}
      {pages === 1 ? 'is' : 'are'} forgotten with {pages === 1 ? 'its' : 'their'} history when you save.
    </p>
  )
}
