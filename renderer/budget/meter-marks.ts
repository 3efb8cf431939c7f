import type { Budget } from '#shared/budget.ts'
import { formatCount } from '#renderer/ui/format.ts'

export interface MeterMark {
  readonly key: string
  readonly at: number
  readonly says: string
  /** Written above the bar, so that neighbours do not cover each other. */
  readonly above: boolean
}

/** What is free, what is kept for incidents, and the limits of the account. */
export function meterMarks({ allowance, incidentReserve, softLimit, hardStop, used, reserved }: Budget): MeterMark[] {
  const beyond = Math.max(used + reserved, softLimit ?? 0, hardStop ?? 0) > allowance
  return [
    ...(beyond ? [{ key: 'allowance', at: allowance, says: `${formatCount(allowance)} free`, above: true }] : []),
    ...(incidentReserve > 0 && incidentReserve < allowance
      ? [
          {
            key: 'incidents',
            at: allowance - incidentReserve,
            says: `${formatCount(incidentReserve)} for incidents`,
            above: true,
          },
        ]
      : []),
    ...(softLimit === null ? [] : [{ key: 'limit', at: softLimit, says: `asks above ${formatCount(softLimit)}`, above: false }]),
    ...(hardStop === null
      ? []
      : [{ key: 'stop', at: hardStop, says: `stops at ${formatCount(hardStop)}`, above: softLimit !== null }]),
  ]
}
