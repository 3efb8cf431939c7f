import { timePlaceholder } from '#shared/time-placeholders.ts'
import type { Cause, CauseId, Confidence, Fact, Remedy } from '#shared/diagnosis.ts'
import type { KnownRelease } from './evidence.ts'

/** An instant in a text. */
export const at = timePlaceholder

/** `40 s`, `12 min`, `3 h`, `30 days`: a span of seconds, rounded down. */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 120) return `${whole} s`
  if (whole < 7_200) return `${Math.floor(whole / 60)} min`
  return whole < 172_800 ? `${Math.floor(whole / 3_600)} h` : `${Math.floor(whole / 86_400).toLocaleString('en-US')} days`
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${count.toLocaleString('en-US')} ${many}`
}

const LONGEST_NAME = 200
/** Characters that break a line or hide in one. */
// oxlint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g

/** Text from outside as part of a sentence: one line, not endless. */
export function quoted(text: string, most = LONGEST_NAME): string {
  const line = text.replace(UNSEEN, ' ').trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}

/** A sentence from outside, which ends as one. */
export function sentence(text: string): string {
  const line = quoted(text, 600)
  return line === '' || /[.!?…]$/.test(line) ? line : `${line}.`
}

export function releaseName(release: Pick<KnownRelease, 'id' | 'title'>): string {
  const id = quoted(release.id, 60)
  return release.title ? `“${quoted(release.title, 80)}” (${id})` : id
}

export function fact(from: Fact['from'], says: string, atMs: number | null = null): Fact {
  return { from, says, atMs }
}

export function cause(
  id: CauseId,
  confidence: Confidence,
  says: string,
  facts: readonly (Fact | null)[],
  remedies: readonly (Remedy | null)[],
): Cause {
  return {
    id,
    confidence,
    sentence: says,
    facts: facts.filter((one) => one !== null),
    remedies: remedies.filter((one) => one !== null),
  }
}
