import { isSame } from './site-places.ts'

/** `shown` is in Activity for ever: an address is told by its host, and what may hold more is not told at all. */
export interface Fact {
  readonly shown: string
  /** What is compared; left out when it is what is shown. */
  readonly whole?: unknown
}
export type Facts = Readonly<Record<string, Fact>>

/** What differs between two sets of facts, as sentences such as "distribution E1 → E2". */
export function differences(old: Facts, now: Facts): string[] {
  const differing = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => !isSame(wholeOf(old[name]), wholeOf(now[name])),
  )
  return differing.map((name) => {
    const [from, to] = [old[name]?.shown ?? 'none', now[name]?.shown ?? 'none']
    return from === to ? `${name} changed` : `${name} ${from} → ${to}`
  })
}

const wholeOf = (fact: Fact | undefined): unknown => fact && (fact.whole ?? fact.shown)
