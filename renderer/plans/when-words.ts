import { itemsSaved, type PlanWhen, type When, type WhenOffer } from '#shared/plan-choices.ts'
import type { VisitWatch } from '#shared/visits.ts'
import { countOf, formatCount, formatMoney, formatSpan } from '#renderer/ui/format.ts'
import { coldWords } from './plan-words.ts'

export const WHEN_NAMES: Record<When, string> = { now: 'Now', 'when-visited': 'When visited', expire: 'Let expire' }

/** What a choice comes to, line by line, at this moment. `mayBeLess`: a build or a refresh decides how many items it takes. */
export function offerLines(when: When, offer: WhenOffer, nowMs: number, mayBeLess = false): string[] {
  if (when === 'now') {
    const items = `${mayBeLess ? 'at most ' : ''}${countOf(offer.itemsAtMost, 'item')}`
    return [`${items} · ${formatMoney(offer.priceMicroDollars)}`, coldWords(offer.alsoCold)]
  }
  if (when === 'expire') return [`0 items · free`, expiryWords(offer, nowMs)]
  return [
    `up to ${countOf(offer.itemsAtMost, 'item')} · ${offer.priceMicroDollars === 0 ? 'free' : `at most ${formatMoney(offer.priceMicroDollars)}`}`,
    offer.likelyItems === null
      ? offer.pages === 1
        ? 'Whether it is visited is not known.'
        : 'How many are visited is not known.'
      : `About ${countOf(offer.likelyItems, 'page')} by the visits that are known.`,
  ]
}

/** What a choice means for visitors, whatever it costs. */
export function meansWords(when: When, pages: number): string {
  if (when === 'now') return 'Every visitor gets the new page as soon as it is done.'
  if (when === 'expire') return 'Visitors see the old page until then.'
  return `The first visitor${pages === 1 ? '' : ' of each page'} still sees the old one.`
}

/** When the copies are gone by themselves: "the last one expires in 40 s". */
export function expiryWords({ lastExpiresAtMs, unknownPages, pages }: WhenOffer, nowMs: number): string {
  const unknown = `of ${unknownPages === pages && pages > 1 ? 'all of them' : countOf(unknownPages, 'page')} nobody knows when`
  if (lastExpiresAtMs === null) return unknownPages === 0 ? '' : capital(unknown)
  const last =
    lastExpiresAtMs <= nowMs
      ? 'all have expired'
      : `${pages - unknownPages === 1 ? 'it expires' : 'the last one expires'} in ${formatSpan(lastExpiresAtMs - nowMs)}`
  return capital(unknownPages === 0 ? last : `${last}; ${unknown}`)
}

/** What the choices save against purging all of it now; empty when nothing else was chosen. */
export function savingWords(when: PlanWhen): string {
  if (when.chosen.now.pages === when.pages) return ''
  const { now, atLeast } = itemsSaved(when)
  const all = `All ${formatCount(when.pages)} now would be ${countOf(when.ifAll.now.itemsAtMost, 'item')}.`
  if (now === atLeast) return `${all} ${now > 0 ? `This saves ${countOf(now, 'item')}.` : 'This saves no item.'}`
  if (atLeast >= 0) return `${all} This saves ${countOf(now, 'item')} now, and at least ${formatCount(atLeast)} in the end.`
  return `${all} This can cost ${countOf(-atLeast, 'item')} more in the end, if every page is visited.`
}

/** The times after which what nobody visited is purged. */
export const VISIT_TIMES = [
  { value: '3600', label: '1 hour' },
  { value: '86400', label: '1 day' },
  { value: '604800', label: '7 days' },
  { value: '2592000', label: '30 days' },
] as const

/** How a watch stands. */
export function watchWords(watch: VisitWatch): string {
  const used = `${formatCount(watch.purged + watch.begun)} of at most ${countOf(watch.mostItems, 'item')} used`
  const notNeeded = watch.notNeeded === 0 ? [] : [`${countOf(watch.notNeeded, 'page')} needed none`]
  const rest = watch.rest === 0 ? [] : [`${countOf(watch.rest, 'page')} left to the end`]
  const waiting =
    watch.state === 'watching'
      ? [`${countOf(watch.watching, 'page')} ${watch.watching === 1 ? 'waits' : 'wait'} for a visit`]
      : []
  return [...waiting, used, ...notNeeded, ...rest].join(' · ')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
