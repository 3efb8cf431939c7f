import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { BuilderFields } from '../builder-fields.tsx'
import { ComparingFields } from '../comparing-fields.tsx'
import type { FieldErrors, SiteFormValues } from '../site-form-values.ts'
import { VarnishFields } from '../varnish-fields.tsx'
import { AwsAccess } from './aws-access.tsx'
import { useDistributions } from './calls.ts'
import { Policy } from './policy.tsx'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import { accessErrors, accessLacks, accessOf } from './steps.ts'
import { TestAll } from './test-all.tsx'
import { zonesOfAliases } from './zones-of.ts'
import formClasses from '../sites.module.css'
import classes from './add-site.module.css'

const SAYS = {
  cloudfront: 'CloudFront is read and purged through its API. Frostline reads the credentials where they are and copies nothing.',
  varnish: 'Varnish is purged by requests of its own, which its VCL takes only with the secret.',
  'any-cache': 'This cache is only looked at, so that it needs no access. What builds the site may be named here.',
}

/** What lets Frostline in, and the parts of a site that are optional. */
export function AccessStep({ state, onNext, onBack }: StepProps) {
  const { draft, change, setValues } = state
  const { values, look } = draft
  const list = useDistributions()
  const [wrong, setWrong] = useState<FieldErrors>({})
  const fields = useRef<HTMLDivElement>(null)
  const [refusals, setRefusals] = useState(0)
  // What is wrong may be far from the button, or in a part that was closed.
  useEffect(() => {
    const first = fields.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (refusals > 0) first?.focus()
  }, [refusals])
  const failure = list.isError ? describeFailure(list.error) : null
  const set = (changed: Partial<SiteFormValues>) => {
    list.reset()
    setValues(changed)
    setWrong({})
  }
  const field = (name: keyof SiteFormValues) => ({
    value: values[name],
    error: wrong[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  })
  const next = () => {
    const errors = accessErrors(values)
    setWrong(errors)
    if (Object.keys(errors).length > 0) return setRefusals(refusals + 1)
    if (values.edgeKind !== 'cloudfront' || look === null) return onNext()
    list.mutate(
      { access: accessOf(values), hosts: [new URL(look.url).host] },
      {
        onSuccess({ distributions, best }) {
          const chosen = distributions.find(({ id }) => id === (values.distributionId || best))
          const proposed = chosen && values.distributionId === '' ? zonesOfAliases(chosen.aliases, look.url) : null
          change((now) => ({
            ...now,
            distributions,
            values: {
              ...now.values,
              distributionId: now.values.distributionId || (best ?? ''),
              addresses: proposed ? proposed.zones.join('\n') : now.values.addresses,
            },
          }))
          onNext()
        },
      },
    )
  }
  const usesNetlify = look?.edges.some(({ kind }) => kind === 'netlify') === true
  return (
    <StepFrame
      title="Access"
      says={SAYS[values.edgeKind]}
      button="Continue"
      lacks={accessLacks(values)}
      busy={list.isPending}
      onNext={next}
      onBack={onBack}
    >
      {values.edgeKind === 'cloudfront' && <AwsAccess values={values} set={set} />}
      {values.edgeKind === 'varnish' && <VarnishFields values={values} set={set} field={field} />}
      {failure && (
        <>
          <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? next : undefined} />
          <div className={classes.row}>
            <Button variant="default" onClick={onNext}>
              Go on with a distribution id
            </Button>
            <span className={classes.quiet}>Without the list of distributions its id has to be typed.</span>
          </div>
        </>
      )}
      {usesNetlify && values.builderKind !== 'netlify' && (
        <div className={classes.row}>
          <Button variant="default" onClick={() => set({ builderKind: 'netlify' })}>
            Follow its builds at Netlify
          </Button>
          <span className={classes.quiet}>With a personal access token: build, follow and roll back.</span>
        </div>
      )}
      {values.edgeKind === 'cloudfront' && (
        <Disclosure label="What to allow: the smallest IAM policy">
          <Policy state={state} />
        </Disclosure>
      )}
      <Disclosure
        key={`${values.builderKind} ${refusals}`}
        label="Builds, origin, bucket and renderer (optional)"
        startsOpen={values.builderKind !== 'hook' || refusals > 0}
      >
        <div className={formClasses.form} ref={fields}>
          <BuilderFields values={values} set={set} field={field} />
          <TextInput
            label="Origin address"
            description="Where copies are compared with the origin"
            placeholder="https://"
            spellCheck={false}
            {...field('originUrl')}
          />
          <PasswordInput
            label="Renderer address"
            description="The entries of the cache of pages that are rendered on demand. Kept as a secret"
            autoComplete="off"
            {...field('rendererUrl')}
          />
          <ComparingFields
            field={field}
            publishes={values.edgeKind === 'cloudfront' ? values.bucketUse === 'publish' : null}
            setPublishes={(publishes) => set({ bucketUse: publishes ? 'publish' : 'compare' })}
          />
        </div>
      </Disclosure>
      {(values.edgeKind === 'varnish' || values.builderKind === 'netlify') && <TestAll values={values} label="Test connection" />}
    </StepFrame>
  )
}
