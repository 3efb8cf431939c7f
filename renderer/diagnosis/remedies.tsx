import { Button } from '@mantine/core'
import { IconBolt, IconHammer, IconRefresh, IconSearch, type Icon } from '@tabler/icons-react'
import type { Remedy, Verdict } from '#shared/diagnosis.ts'
import { fillTimes } from '#shared/time-placeholders.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { ActionCard } from '#renderer/ui/action-card.tsx'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatMoment } from '#renderer/ui/format.ts'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { TimedText } from '#renderer/ui/timed-text.tsx'
import { splitRemedy } from './cause-words.ts'
import { useRefreshPage } from './mutations.ts'
import classes from './remedies.module.css'

interface RemediesProps {
  readonly verdict: Verdict
  readonly remedies: readonly Remedy[]
  readonly onAskAgain: () => void
}

/** What only operators and owners may do. */
const ACTS: readonly Remedy['kind'][] = ['purge', 'build', 'refresh']

/** What mends it: acts as buttons with their cost, the rest as advice. Acts are not offered to whoever may not. */
export function Remedies({ verdict, remedies, onAskAgain }: RemediesProps) {
  const { mayAct } = useAccess()
  const refresh = useRefreshPage(onAskAgain)
  const act = useRemedyAct(verdict, (pageId) => refresh.mutate({ pageId }))
  const isAct = ({ kind }: Remedy) => ACTS.includes(kind) && verdict.site !== null
  const buttons = remedies.filter((remedy) => mayAct && isAct(remedy))
  const again = remedies.find(({ kind }) => kind === 'check-again')
  const advice = remedies.filter((remedy) => remedy.kind !== 'check-again' && !isAct(remedy))
  const hidden = !mayAct && remedies.some(isAct)
  if (remedies.length === 0) return null
  return (
    <section aria-label="What to do">
      <h3 className={classes.heading}>
        What to do
        {buttons.some(({ kind }) => kind === 'purge' || kind === 'build') &&
          ': a plan opens first, and nothing is sent before you start it'}
      </h3>
      {buttons.length > 0 && (
        <div className={classes.acts}>
          {buttons.map((remedy, index) => (
            <RemedyButton key={index} remedy={remedy} busy={refresh.isPending} onClick={() => act(remedy)} />
          ))}
        </div>
      )}
      {refresh.isError && <FailureNote {...noteOf(refresh.error)} />}
      {refresh.isPending && <p className={classes.advice}>The renderer renders the page again. This may take some seconds.</p>}
      {advice.map((remedy, index) => (
        <Advice key={index} remedy={remedy} />
      ))}
      {again !== undefined && (
        <div className={classes.again}>
          <TimedText text={again.says} />
          <Button variant="subtle" size="compact-sm" onClick={onAskAgain}>
            Ask again
          </Button>
        </div>
      )}
      {hidden && (
        <p className={classes.advice}>An operator or the owner can mend it; the report tells them how. Send it to them.</p>
      )}
    </section>
  )
}

function noteOf(error: unknown) {
  const { message, fix } = describeFailure(error)
  return { message, fix }
}

function useRemedyAct(verdict: Verdict, refresh: (pageId: number) => void): (remedy: Remedy) => void {
  const { planLines } = useActs()
  const siteId = verdict.site?.id ?? ''
  return (remedy) => {
    if (remedy.kind === 'purge') planLines(siteId, remedy.lines, false)
    else if (remedy.kind === 'build') planLines(siteId, [verdict.url], true)
    else if (remedy.kind === 'refresh') refresh(remedy.pageId)
  }
}

const ICONS: Partial<Record<Remedy['kind'], Icon>> = { purge: IconBolt, build: IconHammer, refresh: IconRefresh }

function RemedyButton({
  remedy,
  busy,
  onClick,
}: {
  readonly remedy: Remedy
  readonly busy: boolean
  readonly onClick: () => void
}) {
  const { title, consequence } = splitRemedy(fillTimes(remedy.says, formatMoment))
  // A purge and a build open a plan, which says the price again.
  const after = remedy.kind === 'refresh' ? 'then asks again' : ''
  return (
    <ActionCard
      icon={ICONS[remedy.kind] ?? IconSearch}
      title={title}
      consequence={[consequence, after].filter((part) => part !== '').join(' · ')}
      disabled={busy}
      onClick={onClick}
    />
  )
}

function Advice({ remedy }: { readonly remedy: Remedy }) {
  const header = remedy.kind === 'fix-header' ? `${remedy.header}: ${remedy.value}` : null
  return (
    <div className={classes.advice}>
      <p>
        <TimedText text={remedy.says} />
        {remedy.kind === 'wait' && remedy.untilMs !== null && (
          <>
            {' '}
            (<TimeUntil atMs={remedy.untilMs} />)
          </>
        )}
      </p>
      {header !== null && (
        <div className={classes.header}>
          <code>{header}</code>
          <CopyTextButton label="Copy header" text={() => header} />
        </div>
      )}
    </div>
  )
}
