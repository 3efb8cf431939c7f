import { Button } from '@mantine/core'
import { IconHistory, IconWorldQuestion } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { Link } from 'react-router'
import type { Keeps, Verdict } from '#shared/diagnosis.ts'
import { timePlaceholder } from '#shared/time-placeholders.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { whyPath } from '#renderer/lib/why-address.ts'
import { Chain } from '#renderer/ui/chain.tsx'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { exactTimes, Moment, TimedText } from '#renderer/ui/timed-text.tsx'
import { CONFIDENCE } from './cause-words.ts'
import { Remedies } from './remedies.tsx'
import classes from './verdict-card.module.css'

interface VerdictCardProps {
  readonly verdict: Verdict
  readonly heading: RefObject<HTMLHeadingElement | null>
  /** About now, also when the verdict is about an instant that is past. */
  readonly onAskAgain: () => void
}

/** The answer on one card: the sentence, the chain, until when it lasts, what was done, what mends it, what to send. */
export function VerdictCard({ verdict, heading, onAskAgain }: VerdictCardProps) {
  const [first] = verdict.causes
  return (
    <article className={classes.card} aria-label="Verdict">
      {verdict.seenAtMs !== null && (
        <p className={classes.banner}>
          <IconHistory size={16} aria-hidden />
          <span>
            As it stood at <Moment atMs={verdict.seenAtMs} />, from what was written down. Nobody was asked.
          </span>
          <Button variant="subtle" size="compact-xs" onClick={onAskAgain}>
            Ask about now
          </Button>
        </p>
      )}
      <header className={classes.head}>
        {verdict.word && (
          <FreshnessMark word={verdict.word} proven={first?.id === 'fresh-and-right' && first.confidence === 'proven'} />
        )}
        {first && (
          <span className={classes.confidence} title={CONFIDENCE[first.confidence].meaning}>
            {CONFIDENCE[first.confidence].says}
          </span>
        )}
        <span className={classes.asked}>
          asked <TimeAgo atMs={verdict.askedAtMs} />
        </span>
      </header>
      <h2 className={classes.sentence} ref={heading} tabIndex={-1}>
        <TimedText text={verdict.sentence} />
      </h2>
      <p className={classes.url}>
        <a href={verdict.url} target="_blank" rel="noreferrer">
          {verdict.url}
        </a>
        {verdict.site && <span>{verdict.site.name}</span>}
        {verdict.site && verdict.pageId !== null && (
          <Link to={`/pages/${verdict.pageId}?site=${encodeURIComponent(verdict.site.id)}`}>Open the page</Link>
        )}
      </p>
      {verdict.site === null && <Stranger />}
      {verdict.chain.length > 0 && <Chain chain={verdict.chain} />}
      <FactList
        facts={{
          ...(verdict.rightByItself && { 'By itself': <RightByItself promise={verdict.rightByItself} /> }),
          'Shared cache': <KeepsText keeps={verdict.sharedCache} />,
          "Visitor's browser": <KeepsText keeps={verdict.browser} />,
        }}
      />
      {verdict.done.length > 0 && (
        <section aria-label="What was done about it">
          <h3 className={classes.heading}>What was done about it</h3>
          <ul className={classes.done}>
            {verdict.done.map(({ atMs, says }, index) => (
              <li key={index}>
                <TimeAgo atMs={atMs} />
                <span>
                  <TimedText text={says} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {first && <Remedies verdict={verdict} remedies={first.remedies} onAskAgain={onAskAgain} />}
      <footer className={classes.foot}>
        <CopyTextButton label="Copy for customer" text={() => exactTimes(verdict.forCustomer)} />
        <CopyTextButton label="Copy report" text={() => exactTimes(verdict.report)} />
        <CopyTextButton
          label="Copy link"
          text={() => new URL(whyPath({ url: verdict.url, atMs: verdict.seenAtMs }), location.href).href}
        />
        {verdict.seenAtMs === null && (
          <Button variant="subtle" className={classes.again ?? ''} onClick={onAskAgain}>
            Ask again
          </Button>
        )}
      </footer>
    </article>
  )
}

function RightByItself({ promise }: { readonly promise: NonNullable<Verdict['rightByItself']> }) {
  if (namesInstant(promise.says, promise.atMs)) return <TimedText text={promise.says} />
  return (
    <>
      Right at the latest at <Moment atMs={promise.atMs} />. <TimedText text={promise.says} />
    </>
  )
}

/** Whether a text holds this very instant, so that it need not be said twice. */
const namesInstant = (text: string, atMs: number) => text.includes(timePlaceholder(atMs))

const BASIS: Record<Keeps['basis'], string | null> = {
  'edge-policy': "by the edge's policy",
  headers: 'as the headers claim',
  guessed: 'guessed: no header says it',
  unknown: null,
}

function KeepsText({ keeps: { says, untilMs, rule, basis } }: { readonly keeps: Keeps }) {
  const why = [rule, BASIS[basis]].filter((part) => part !== null).join(', ')
  return (
    <>
      <TimedText text={says} />
      {untilMs !== null && !namesInstant(says, untilMs) && (
        <>
          {' '}
          until <Moment atMs={untilMs} />
        </>
      )}
      {why !== '' && <span className={classes.why}> ({why})</span>}
    </>
  )
}

function Stranger() {
  const { mayOwn } = useAccess()
  return (
    <p className={classes.stranger}>
      <IconWorldQuestion size={16} aria-hidden />
      <span>
        This address belongs to no registered site. What its cache answers can be judged; what its origin has, which release is
        live and what was purged cannot be seen from here. {mayOwn && <Link to="/sites/new">Add it as a site</Link>}
      </span>
    </p>
  )
}
