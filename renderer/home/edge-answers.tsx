import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ANSWER_RANGES, type AnswerRange, type EdgeAnswers as Answers } from '#shared/edge-answers.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { StackBar } from '#renderer/ui/stack-bar.tsx'
import { fromWords, ratioWords, sourcesWords } from './answer-words.ts'
import { AnswerTables } from './answer-tables.tsx'
import { homeQueries } from './queries.ts'
import { TtfbHistogram } from './ttfb-histogram.tsx'
import headings from './freshness-over-time.module.css'
import classes from './edge-answers.module.css'

const NAMES: Record<AnswerRange, string> = { run: 'Last run', day: '24 hours', week: '7 days', month: '30 days' }

/** How often the edge answered our checks from its store, and how fast. */
export function EdgeAnswers({ siteId }: { readonly siteId: string }) {
  const [range, setRange] = useState<AnswerRange>('week')
  const answers = useQuery(homeQueries.answers(siteId, range))
  return (
    <section aria-label="How the edge answers">
      <div className={headings.heading}>
        <h2>How the edge answers</h2>
        <SegmentedControl
          size="xs"
          aria-label="Which checks"
          value={range}
          onChange={(value) => setRange(ANSWER_RANGES.find((known) => known === value) ?? range)}
          data={ANSWER_RANGES.map((known) => ({ value: known, label: NAMES[known] }))}
        />
      </div>
      {answers.isError && <FailureNote {...describeFailure(answers.error)} onTryAgain={() => void answers.refetch()} />}
      {answers.data && <Content answers={answers.data} range={range} />}
    </section>
  )
}

function Content({ answers, range }: { readonly answers: Answers; readonly range: AnswerRange }) {
  const { all, vantages } = answers
  const count = all.store + all.origin + all.unknown
  if (count === 0)
    return (
      <p className={headings.empty}>
        {range === 'run'
          ? 'No check of the whole site or of a filter has been made since answers are counted. Checks of single pages are in the other ranges.'
          : 'Here you will see how many checks the edge answered from its store, and how fast. Nothing was checked in this time.'}
      </p>
    )
  return (
    <div className={classes.content}>
      <p className={classes.sentence}>
        The edge answered <b>{ratioWords(all)}</b> of our checks from its store ({countOf(count, 'check')}, {fromWords(vantages)}
        ). Visitors’ ratio is another one: they ask for some pages more often than for others.
      </p>
      <StackBar
        label={sourcesWords(all)}
        parts={[
          { key: 'store', value: all.store, colour: 'var(--fl-accent)', title: sourcesWords(all), pale: false },
          { key: 'origin', value: all.origin, colour: 'var(--fl-amber)', title: sourcesWords(all), pale: true },
          { key: 'unknown', value: all.unknown, colour: 'var(--fl-grey)', title: sourcesWords(all), pale: true },
        ].filter(({ value }) => value > 0)}
      />
      <p className={classes.quiet}>{sourcesWords(all)}.</p>
      <TtfbHistogram answers={answers} />
      <AnswerTables answers={answers} />
    </div>
  )
}
