import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import type { AnsweringRule } from '#shared/builds.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { buildsQueries } from './queries.ts'
import classes from './rule-finder.module.css'

/** Which redirect rule answers an address? The first one that matches. */
export function RuleFinder() {
  const site = useSite()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const found = useQuery({ ...buildsQueries.rule(site.id, asked), enabled: asked !== '' })
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setAsked(typed.trim())
  }
  return (
    <form onSubmit={ask} className={classes.finder}>
      <div className={classes.row}>
        <TextInput
          className={classes.grow}
          aria-label="Address or path"
          placeholder="/old-page"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={found.isFetching}>
          Which rule answers?
        </Button>
      </div>
      {found.isError && <FailureNote {...describeFailure(found.error)} onTryAgain={() => void found.refetch()} />}
      {found.data && <Answer answer={found.data} />}
    </form>
  )
}

type Rule = AnsweringRule['depending'][number]

function Answer({ answer }: { readonly answer: AnsweringRule }) {
  const { rule, file, depending, target, ruleCount, release } = answer
  return (
    <div role="status" className={classes.answer}>
      <p>{sentence(answer)}</p>
      {rule && (
        <p className={classes.rule}>
          <RuleText rule={rule} />
        </p>
      )}
      {rule && target !== null && target !== rule.to && (
        <p>
          Leads to <code>{target}</code>
        </p>
      )}
      {depending.length > 0 && (
        <>
          <p>
            {depending.length === 1 ? 'A rule above it answers' : 'Rules above it answer'} some visitors, which depends on who
            asks:
          </p>
          <ul>
            {depending.map((shown) => (
              <li key={shown.place} className={classes.rule}>
                <RuleText rule={shown} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={classes.quiet}>
        {countOf(ruleCount, 'rule')} in the release that visitors get ({release.title ?? release.id}); the first that matches
        answers.
        {file === null && ' Which files it holds is not known, and a file would come before a rule.'}
      </p>
    </div>
  )
}

function RuleText({ rule }: { readonly rule: Rule }) {
  const query = Object.entries(rule.query ?? {}).map(([name, value]) => `${name}=${value}`)
  return (
    <>
      <span className={classes.quiet}>Rule {rule.place}</span>{' '}
      <code>
        {[rule.from, ...query, rule.to, `${rule.status}${rule.force ? '!' : ''}`, ...(rule.conditions ?? [])].join(' ')}
      </code>
    </>
  )
}

function sentence({ rule, file, path }: AnsweringRule): string {
  if (rule === null) return file === true ? `${path} is a file of the release, so no rule is asked.` : `No rule answers ${path}.`
  if (file === true) return `${path} is a file of the release, but a forced rule comes before it.`
  return `${path} is answered by a rule.`
}
