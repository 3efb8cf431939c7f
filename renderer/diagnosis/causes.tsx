import type { Cause } from '#shared/diagnosis.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { Moment, TimedText } from '#renderer/ui/timed-text.tsx'
import { CAUSE_NAMES, CONFIDENCE, TELLERS } from './cause-words.ts'
import { causeDoc } from './cause-docs.ts'
import { DocText } from './doc-text.tsx'
import classes from './causes.module.css'

/** What the verdict rests on, then the other causes in their order. */
export function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  const [first, ...others] = causes
  return (
    <>
      {first && (
        <section className={classes.first} aria-label="Why we say so">
          <h2 className={classes.heading}>Why we say so</h2>
          <p className={classes.name}>{CAUSE_NAMES[first.id]}</p>
          <Facts cause={first} />
          <About cause={first} />
        </section>
      )}
      {others.length > 0 && (
        <section aria-label="Other causes">
          <h2 className={classes.heading}>Other causes, the surest first</h2>
          <ol className={classes.others}>
            {others.map((cause) => (
              <li key={cause.id}>
                <div className={classes.line}>
                  <span className={classes.name}>{CAUSE_NAMES[cause.id]}</span>
                  <span className={classes.confidence} title={CONFIDENCE[cause.confidence].meaning}>
                    {CONFIDENCE[cause.confidence].says}
                  </span>
                </div>
                <p>
                  <TimedText text={cause.sentence} />
                </p>
                {cause.remedies.length > 0 && (
                  <p className={classes.quiet}>
                    <TimedText text={cause.remedies.map(({ says }) => says).join(' · ')} />
                  </p>
                )}
                {cause.facts.length > 0 && (
                  <Disclosure label={countOf(cause.facts.length, 'fact')}>
                    <Facts cause={cause} />
                  </Disclosure>
                )}
                <About cause={cause} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}

function Facts({ cause }: { readonly cause: Cause }) {
  return (
    <ul className={classes.facts}>
      {cause.facts.map(({ from, says, atMs }, index) => (
        <li key={index}>
          <span className={classes.teller}>{TELLERS[from]}</span>
          <span>
            <TimedText text={says} />
          </span>
          <span className={classes.quiet}>{atMs !== null && <Moment atMs={atMs} />}</span>
        </li>
      ))}
    </ul>
  )
}

/** The cause's page of the documentation, in place. */
function About({ cause }: { readonly cause: Cause }) {
  const load = causeDoc(cause.id)
  return load === null ? null : (
    <Disclosure label={`About “${CAUSE_NAMES[cause.id]}”`}>
      <DocText id={cause.id} load={load} />
    </Disclosure>
  )
}
