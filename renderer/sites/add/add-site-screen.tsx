import { Button } from '@mantine/core'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { countOf } from '#renderer/ui/format.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { useAddSite } from '../mutations.ts'
import { readSite, type FieldErrors } from '../site-form-values.ts'
import { AccessStep } from './access-step.tsx'
import { AddressStep } from './address-step.tsx'
import { beginSearch } from './calls.ts'
import { CheckStep } from './check-step.tsx'
import { EMPTY_DRAFT } from './draft.ts'
import { PagesStep } from './pages-step.tsx'
import { SeenStep } from './seen-step.tsx'
import { StepList } from './step-list.tsx'
import { checkedFirst, furthestStep, isComplete, stepOfEntry, stepOfField, STEPS, type StepKey } from './steps.ts'
import { useDraft } from './use-draft.ts'
import { ZonesStep } from './zones-step.tsx'
import classes from './add-site.module.css'

/** Adds a site step by step. The step is part of the address, so back and forward work, and what was entered stays. */
export function AddSiteScreen() {
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const state = useDraft()
  const { draft, discard } = state
  const [wrong, setWrong] = useState<FieldErrors>({})
  const [attempts, setAttempts] = useState(0)
  const add = useAddSite(
    (siteId) =>
      // A search that does not begin can be begun again where the site is opened.
      void beginSearch(siteId, draft)
        .catch(() => {})
        .then(() => {
          discard()
          return navigate(`/pages?site=${siteId}`)
        }),
  )
  const furthest = furthestStep(draft)
  const wanted = STEPS.findIndex(({ key }) => key === search.get('step'))
  const index = Math.min(Math.max(wanted, 0), furthest)
  const at = STEPS[index]?.key ?? 'address'
  // After a reload of the window, whatever lies before this step was gone through.
  const [visited, setVisited] = useState<ReadonlySet<StepKey>>(() => new Set(STEPS.slice(0, index).map(({ key }) => key)))
  if (draft === EMPTY_DRAFT && visited.size > 1) setVisited(new Set([at]))
  else if (!visited.has(at)) setVisited(new Set([...visited, at]))
  const go = (step: StepKey) => {
    add.reset()
    setWrong({})
    setSearch({ step })
  }
  const next = () => go(STEPS[index + 1]?.key ?? 'check')
  const submit = () => {
    setAttempts(attempts + 1)
    const read = readSite(draft.values)
    setWrong(read.ok ? {} : read.errors)
    if (read.ok) add.mutate({ ...read.input, firstCheckPages: checkedFirst(draft) })
    else setSearch({ step: 'check' })
  }
  const failure = add.isError ? describeFailure(add.error) : null
  const ready = furthest >= STEPS.length - 1
  const addNow =
    failure === null ? (
      <Button
        variant="default"
        disabled={!ready}
        loading={add.isPending}
        title={`Finds pages ${draft.find === 'crawl' ? 'by a crawl' : 'from the sitemaps'} and checks the first ${countOf(checkedFirst(draft), 'page')}`}
        onClick={submit}
      >
        Add now
      </Button>
    ) : null
  const props = { state, onNext: next, onBack: () => go(STEPS[index - 1]?.key ?? 'address'), addNow }
  if (!mayOwn) return <EmptyNote title="Only owners add sites">Ask an owner to add it.</EmptyNote>
  const [firstWrong] = Object.keys(wrong)
  const mend = failure?.field ? stepOfField(failure.field) : firstWrong ? stepOfEntry(firstWrong) : null
  const shown = failure !== null || Object.keys(wrong).length > 0 ? 'check' : at
  return (
    <Screen
      title="Add site"
      actions={
        isComplete('address', draft) && (
          <Button
            variant="subtle"
            onClick={() => {
              discard()
              go('address')
            }}
          >
            Start over
          </Button>
        )
      }
    >
      <div className={classes.screen}>
        <StepList draft={draft} at={shown} visited={visited} onGo={go} />
        {shown === 'address' && <AddressStep {...props} />}
        {shown === 'seen' && <SeenStep {...props} />}
        {shown === 'access' && <AccessStep {...props} />}
        {shown === 'zones' && <ZonesStep {...props} />}
        {shown === 'pages' && <PagesStep {...props} />}
        {shown === 'check' && (
          <CheckStep
            {...props}
            onNext={submit}
            adding={add.isPending}
            failure={failure}
            wrong={wrong}
            attempts={attempts}
            onMend={mend === null ? null : () => go(mend)}
          />
        )}
      </div>
    </Screen>
  )
}
