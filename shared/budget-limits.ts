import { countOf } from './count-of.ts'

/** What limits look at; every part that a caller leaves out limits nothing. */
export interface Limited {
  readonly used: number
  readonly reserved: number
  readonly softLimit: number | null
  readonly hardStop?: number | null
  readonly allowance?: number
  /** Items of the allowance that only people may use. */
  readonly incidentReserve?: number
  /** The site's own part and limits. */
  readonly site?: {
    readonly used: number
    readonly reserved: number
    readonly softLimit: number | null
    readonly hardStop: number | null
  } | null
}

/** `soft`: asks. `hard`: only the owner may pass it, with a reason. `reserve`: what runs by itself may not pass it. */
export interface PassedLimit {
  readonly kind: 'soft' | 'hard' | 'reserve'
  readonly scope: 'account' | 'site'
  readonly limit: number
  /** Items of the month with the ones that were asked about. */
  readonly after: number
}

/** The hardest limit that `items` more would pass; null when they pass none. `automatic`: no person decided on them. */
export function passedLimit(items: number, budget: Limited, automatic = false): PassedLimit | null {
  if (items <= 0) return null
  const { site } = budget
  const account = budget.used + budget.reserved + items
  const here = site ? site.used + site.reserved + items : 0
  const passes = (kind: PassedLimit['kind'], scope: PassedLimit['scope'], limit: number | null | undefined, after: number) =>
    limit !== null && limit !== undefined && after > limit ? { kind, scope, limit, after } : null
  const reserve = budget.incidentReserve ?? 0
  const kept = automatic && reserve > 0 ? Math.max(0, (budget.allowance ?? 0) - reserve) : null
  return (
    passes('hard', 'account', budget.hardStop, account) ??
    passes('hard', 'site', site?.hardStop, here) ??
    passes('reserve', 'account', kept, account) ??
    passes('soft', 'account', budget.softLimit, account) ??
    passes('soft', 'site', site?.softLimit, here)
  )
}

/** Why a plan is not begun as it is, as a sentence. `atMost`: it may become fewer items. */
export function limitText({ kind, scope, limit, after }: PassedLimit, atMost: boolean): string {
  const count = (items: number) => items.toLocaleString('en-US')
  const whose = scope === 'site' ? 'this site’s' : 'the'
  const month = `with it the month has ${atMost ? 'up to ' : ''}${count(after)}${scope === 'site' ? ' of this site' : ''}.`
  if (kind === 'hard') return `This passes ${whose} hard stop of ${countOf(limit, 'item')}: ${month}`
  if (kind === 'reserve')
    return `This would use items that are kept for incidents: nothing automatic goes above ${count(limit)}, and ${month}`
  return `This passes ${whose} limit of ${countOf(limit, 'item')}: ${month}`
}
