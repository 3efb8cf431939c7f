import type { Delivery, HookWork } from '#shared/hooks.ts'
import { deliverySays } from '#shared/state-words.ts'
import { countOf, formatMoney } from '#renderer/ui/format.ts'
import { StateMark } from './state-mark.tsx'

/** What became of a delivery: shape, colour and word. */
export function DeliveryMark({ delivery }: { readonly delivery: Delivery }) {
  const { state, reason, rules, sameAs } = delivery
  const refused = state === 'refused' || state === 'failed'
  const idle = state === 'done' && (sameAs !== null || rules.length === 0)
  return (
    <StateMark
      look={state === 'waiting' ? 'waiting' : refused ? 'bad' : idle ? 'none' : 'ok'}
      title={refused || sameAs !== null ? (reason ?? undefined) : undefined}
    >
      {deliverySays(delivery)}
    </StateMark>
  )
}

/** "published · menu · main-menu". */
export function whatOf({ event, rawEvent, type, contentId }: Delivery): string {
  return [event === 'other' ? rawEvent : event, type, contentId].filter((part) => part !== null && part !== '').join(' · ')
}

export function didOf({ state, reason, rules, sameAs }: Delivery): string {
  return state === 'refused' || state === 'failed' || sameAs !== null
    ? (reason ?? '')
    : rules.flatMap(({ did }) => did.map((sentence) => sentence.replace(/\.$/, ''))).join('; ')
}

/** "2 purges, $0.01"; empty when nothing was spent. */
export function costOf(work: readonly HookWork[]): string {
  const items = work.reduce((sum, { cost }) => sum + (cost?.items ?? 0), 0)
  const microDollars = work.reduce((sum, { cost }) => sum + (cost?.microDollars ?? 0), 0)
  return items === 0 ? '' : `${countOf(items, 'purge')}, ${formatMoney(microDollars)}`
}
