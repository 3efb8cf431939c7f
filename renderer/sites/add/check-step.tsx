import { Button, NumberInput } from '@mantine/core'
import type { Failure } from '#renderer/lib/failure.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { InView } from '#renderer/ui/in-view.tsx'
import type { FieldErrors } from '../site-form-values.ts'
import type { Draft } from './draft.ts'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import { checkedWords, stepOfEntry, titleOf } from './steps.ts'
import { TestAll } from './test-all.tsx'
import classes from './add-site.module.css'

interface CheckStepProps extends StepProps {
  readonly adding: boolean
  readonly failure: Failure | null
  readonly wrong: FieldErrors
  /** How often the adding was tried. */
  readonly attempts: number
  /** Goes to the step where what failed was entered. */
  readonly onMend: (() => void) | null
}

const CHECKED_AT_MOST = 10_000
const WAYS: Record<Draft['find'], string> = { sitemaps: 'from the sitemaps', crawl: 'by a crawl', list: 'from the list' }

/** What is about to happen and what it costs the site, then the adding. */
export function CheckStep({ state, onNext, onBack, adding, failure, wrong, attempts, onMend }: CheckStepProps) {
  const { draft, change } = state
  const { values, firstCheckPages } = draft
  const zones = values.addresses.split('\n').filter(Boolean)
  return (
    <StepFrame
      title="First check"
      says={
        firstCheckPages === 0
          ? 'No page is checked by itself. Nothing is purged.'
          : `${checkedWords(draft)} Nothing is purged. The rest waits for you.`
      }
      button={firstCheckPages === 0 ? 'Add site' : 'Add site and check'}
      busy={adding}
      onNext={onNext}
      onBack={onBack}
      refusal={
        (failure !== null || Object.keys(wrong).length > 0) && (
          <InView key={attempts} takesFocus>
            <div className={classes.refusal}>
              {Object.entries(wrong).map(([field, message]) => (
                <FailureNote key={field} message={`${titleOf(stepOfEntry(field))}: ${message}.`} fix={null} />
              ))}
              {failure && <FailureNote message={failure.message} fix={failure.fix} />}
              {onMend && (
                <div>
                  <Button variant="default" onClick={onMend}>
                    Go to where it was entered
                  </Button>
                </div>
              )}
            </div>
          </InView>
        )
      }
    >
      <NumberInput
        label="Pages that are checked first"
        description="Each may make the origin render it once, when the edge holds no copy. 0: none"
        min={0}
        max={CHECKED_AT_MOST}
        thousandSeparator=","
        maw={360}
        value={firstCheckPages}
        onChange={(value) =>
          change((now) => ({ ...now, firstCheckPages: Math.min(CHECKED_AT_MOST, Math.max(0, Math.floor(Number(value) || 0))) }))
        }
      />
      <FactList
        facts={{
          Name: values.name,
          Zones: zones.slice(0, 3).join(', ') + (zones.length > 3 ? ` and ${countOf(zones.length - 3, 'more zone')}` : ''),
          Edge:
            values.edgeKind === 'cloudfront'
              ? `CloudFront ${values.distributionId}`
              : values.edgeKind === 'varnish'
                ? 'Varnish'
                : 'another cache, only looked at',
          Pages: WAYS[draft.find],
        }}
      />
      <TestAll values={values} label="Test everything" />
    </StepFrame>
  )
}
