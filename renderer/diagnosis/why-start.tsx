import { useQueryClient } from '@tanstack/react-query'
import { useContext } from 'react'
import { Link } from 'react-router'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { whyPath } from '#renderer/lib/why-address.ts'
import { FreshnessShapeMark } from '#renderer/ui/freshness-mark.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { TimedText } from '#renderer/ui/timed-text.tsx'
import { recentAnswers } from './queries.ts'
import classes from './why-start.module.css'

/** Before the first question: what this is for, what may be pasted, what was asked before in this window. */
export function WhyStart({ onExample }: { readonly onExample: (url: string) => void }) {
  const site = useContext(CurrentSite)
  const recent = recentAnswers(useQueryClient())
  const zone = site?.zones[0]
  const example = zone ? new URL('/', zone.url).href : 'https://www.example.com/'
  const bare = zone ? `${zone.host}/` : 'www.example.com/menu'
  return (
    <div className={classes.start}>
      <section aria-label="What this is for">
        <p className={classes.what}>
          Somebody says that a page is old. Paste its address: Frostline looks at everything between the content and the visitor,
          says in one sentence where the old state comes from, what mends it, and what you can answer.
        </p>
        <h2 className={classes.heading}>What may be pasted</h2>
        <ul className={classes.examples}>
          <li>
            <button type="button" onClick={() => onExample(example)}>
              {example}
            </button>
            <span>an address of your sites, or of any other: then without what only its owner can see</span>
          </li>
          <li>
            <button type="button" onClick={() => onExample(`<${bare}>`)}>
              &lt;{bare}&gt;
            </button>
            <span>as mails and chats write it: without a scheme, in brackets, with a full stop</span>
          </li>
          <li>
            <code>age: 4120 …</code>
            <span>what the customer got, below the address: their response headers, or a recording of their visit (HAR)</span>
          </li>
        </ul>
      </section>
      {recent.length > 0 && (
        <nav aria-label="Asked before">
          <h2 className={classes.heading}>Asked before in this window</h2>
          <ul className={classes.recent}>
            {recent.map(({ question, verdict }) => (
              <li key={whyPath(question)}>
                <FreshnessShapeMark word={verdict.word ?? 'unknown'} />
                <Link to={whyPath(question)} state={{ paste: question.paste }}>
                  {question.url}
                </Link>
                <span className={classes.said}>
                  <TimedText text={verdict.sentence} />
                </span>
                <TimeAgo atMs={verdict.askedAtMs} />
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
