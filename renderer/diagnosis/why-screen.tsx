import { VisuallyHidden } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useContext, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import * as z from 'zod'
import type { DeepLink } from '#shared/deep-link.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { readAskedAbout, whyPath } from '#renderer/lib/why-address.ts'
import { coreNow } from '#renderer/ui/clock.ts'
import { CopyLinkButton } from '#renderer/ui/copy-link-button.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { exactTimes } from '#renderer/ui/timed-text.tsx'
import { Answer } from './answer.tsx'
import { readAbout } from './cause-docs.ts'
import { CausePage } from './cause-page.tsx'
import { AskingLine, StoppedNote } from './asking-line.tsx'
import { diagnosisQueries, type Question } from './queries.ts'
import { draftOf, fieldOf, readDraft, type FieldError } from './question-draft.ts'
import { WhyForm } from './why-form.tsx'
import { WhyStart } from './why-start.tsx'
import classes from './why-screen.module.css'

/** What stands in the window's history beside the address. */
const Beside = z.object({ paste: z.string().nullable().default(null) })

function useQuestion(): Question | null {
  const { state }: { state: unknown } = useLocation()
  const [search] = useSearchParams()
  const asked = readAskedAbout(search)
  const beside = Beside.safeParse(state)
  return asked && { ...asked, paste: beside.success ? beside.data.paste : null }
}

const NOTHING: Question = { url: '', atMs: null, paste: null }

/** "Why is this old?": an address in, one answer out that can be sent on. The question is part of the window's address. */
export function WhyScreen() {
  const site = useContext(CurrentSite)
  const question = useQuestion()
  const about = readAbout(useSearchParams()[0])
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const options = diagnosisQueries.why(question ?? NOTHING)
  const why = useQuery({ ...options, enabled: question !== null })
  const name = JSON.stringify(question)
  const [shown, setShown] = useState(name)
  const [draft, setDraft] = useState(() => draftOf(question))
  const [mistake, setMistake] = useState<FieldError | null>(null)
  if (shown !== name) {
    setShown(name)
    setDraft(draftOf(question))
    setMistake(null)
  }
  const failure = question !== null && why.isError && !why.isFetching ? describeFailure(why.error) : null
  const field = fieldOf(failure?.field ?? null)
  const wrong =
    mistake ?? (failure && field ? { field, message: [failure.message, failure.fix].filter(Boolean).join(' ') } : null)
  const verdict = question === null ? undefined : why.data?.verdict

  const again = () => void why.refetch()
  const ask = () => {
    const read = readDraft(draft, coreNow(), site?.zones[0]?.url ?? null)
    if ('field' in read) return setMistake(read)
    setMistake(null)
    if (JSON.stringify(read) === name) return again()
    // Whoever asks wants an answer of now; only going back shows an earlier one.
    queryClient.removeQueries({ queryKey: diagnosisQueries.why(read).queryKey })
    void navigate(whyPath(read), { state: { paste: read.paste } })
  }
  const askNow = () =>
    void navigate(whyPath({ url: question?.url ?? '', atMs: null }), { state: { paste: question?.paste ?? null } })
  const change = (next: typeof draft) => {
    setDraft(next)
    setMistake(null)
  }

  const heading = useRef<HTMLHeadingElement>(null)
  const untouched = draft.url.trim() === (question?.url ?? '')
  const arrived = verdict !== undefined && !why.isFetching && !why.isPlaceholderData ? `${name} ${why.dataUpdatedAt}` : null
  const mayFocus = useRef(untouched)
  useEffect(() => {
    mayFocus.current = untouched
  }, [untouched])
  useEffect(() => {
    // Whoever has begun to type the next address keeps the field.
    if (arrived === null || !mayFocus.current) return
    heading.current?.focus({ preventScroll: true })
  }, [arrived])

  const link: DeepLink | null =
    verdict && question && URL.canParse(verdict.url)
      ? { kind: 'why', url: verdict.url, at: question.atMs === null ? null : new Date(question.atMs).toISOString() }
      : null

  return (
    <Screen title="Why is this old?" actions={link && <CopyLinkButton link={link} />}>
      <div className={classes.page}>
        <WhyForm
          draft={draft}
          onDraft={change}
          wrong={wrong}
          asking={why.isFetching}
          onAsk={ask}
          onCancel={() => void queryClient.cancelQueries({ queryKey: options.queryKey })}
        />
        <VisuallyHidden role="status">
          {why.isFetching ? `Asking about ${question?.url}` : arrived !== null && verdict ? exactTimes(verdict.sentence) : ''}
        </VisuallyHidden>
        {why.isFetching && question && <AskingLine question={question} key={name} />}
        {failure && !field && (
          <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? again : undefined} />
        )}
        {question !== null && !why.isFetching && !why.isError && arrived === null && <StoppedNote onAsk={again} />}
        {verdict && (
          <Answer
            verdict={verdict}
            heading={heading}
            dimmed={arrived === null}
            onAskAgain={question?.atMs === null ? again : askNow}
          />
        )}
        {question === null && about !== null && <CausePage id={about} key={about} />}
        {question === null && about === null && <WhyStart onExample={(url) => change({ ...draft, url })} />}
      </div>
    </Screen>
  )
}
