import type { Exchange, Verdict } from '#shared/diagnosis.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { Moment, TimedText } from '#renderer/ui/timed-text.tsx'
import classes from './evidence-list.module.css'

/** Every exchange behind the verdict with its headers, and what could not be looked at. Closed until somebody wants it. */
export function EvidenceList({ verdict: { exchanges, gaps } }: { readonly verdict: Verdict }) {
  const label = [
    exchanges.length === 0 ? 'nobody was asked' : countOf(exchanges.length, 'answer'),
    ...(gaps.length === 0 ? [] : [countOf(gaps.length, 'gap')]),
  ]
  return (
    <section aria-label="The evidence" className={classes.evidence}>
      <Disclosure label={`The evidence: ${label.join(', ')}`}>
        {gaps.length > 0 && (
          <>
            <h3 className={classes.heading}>What could not be looked at</h3>
            <ul className={classes.gaps}>
              {gaps.map((gap) => (
                <li key={gap}>
                  <TimedText text={gap} />
                </li>
              ))}
            </ul>
          </>
        )}
        <ol className={classes.exchanges}>
          {exchanges.map((exchange, index) => (
            <ExchangeItem key={index} exchange={exchange} />
          ))}
        </ol>
      </Disclosure>
    </section>
  )
}

function ExchangeItem({ exchange: { title, url, atMs, status, says, headers } }: { readonly exchange: Exchange }) {
  return (
    <li>
      <div className={classes.line}>
        <span className={classes.title}>{title}</span>
        <span className={classes.status}>{status ?? 'no answer'}</span>
        <span className={classes.at}>
          <Moment atMs={atMs} />
        </span>
      </div>
      <div className={classes.url}>{url}</div>
      <p>
        <TimedText text={says} />
      </p>
      {headers.length > 0 && (
        <Disclosure label={countOf(headers.length, 'header')}>
          <table className={classes.headers}>
            <tbody>
              {headers.map(([name, value], index) => (
                <tr key={index}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Disclosure>
      )}
    </li>
  )
}
