import type { RefObject } from 'react'
import type { Verdict } from '#shared/diagnosis.ts'
import { Causes } from './causes.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { VerdictCard } from './verdict-card.tsx'
import classes from './answer.module.css'

interface AnswerProps {
  readonly verdict: Verdict
  readonly heading: RefObject<HTMLHeadingElement | null>
  /** It is the answer to what was asked before; the new one is on its way. */
  readonly dimmed: boolean
  readonly onAskAgain: () => void
}

/** The card to be sent on, and beside or below it what it rests on. */
export function Answer({ verdict, heading, dimmed, onAskAgain }: AnswerProps) {
  const name = `${verdict.url} ${verdict.askedAtMs}`
  return (
    <div className={classes.answer} data-dimmed={dimmed || undefined} inert={dimmed}>
      <VerdictCard verdict={verdict} heading={heading} onAskAgain={onAskAgain} key={`card ${name}`} />
      <div className={classes.rest} key={`rest ${name}`}>
        <Causes causes={verdict.causes} />
        <EvidenceList verdict={verdict} />
      </div>
    </div>
  )
}
