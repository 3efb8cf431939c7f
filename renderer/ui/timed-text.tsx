import { Fragment } from 'react'
import { fillTimes } from '#shared/time-placeholders.ts'
import { formatExact, formatMoment } from './format.ts'

/** A mark that no text of ours contains, around the number of an instant. */
const MARK = '\u0000'

/** A sentence whose instants are written in the reader's zone, with seconds in the tooltip. */
export function TimedText({ text }: { readonly text: string }) {
  const parts = fillTimes(text.replaceAll(MARK, ''), (atMs) => `${MARK}${atMs}${MARK}`).split(MARK)
  return parts.map((part, index) =>
    index % 2 === 0 ? <Fragment key={index}>{part}</Fragment> : <Moment key={index} atMs={Number(part)} />,
  )
}

/** A moment in the reader's zone: "Nov 21, 14:02 CET". */
export function Moment({ atMs }: { readonly atMs: number }) {
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatExact(atMs)}>
      {formatMoment(atMs)}
    </time>
  )
}

/** The same for texts that leave the window: exact, with the zone. */
export function exactTimes(text: string): string {
  return fillTimes(text, formatExact)
}
