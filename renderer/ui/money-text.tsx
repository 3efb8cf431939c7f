import { formatPrice } from './format.ts'

interface PriceTextProps {
  readonly microDollars: number
  readonly items: number
  /** Null at an edge that does not charge. */
  readonly freeBefore: number | null
  readonly atMost: boolean
}

/** What something costs, never a bare number. */
export function PriceText({ microDollars, items, freeBefore, atMost }: PriceTextProps) {
  return (
    <span title={atMost ? 'Others may have used more of this month than Frostline knows.' : undefined}>
      {formatPrice(microDollars, items, freeBefore, atMost)}
    </span>
  )
}
