import { oc } from '@orpc/contract'
import { errors } from './errors.ts'

/** The roles of the people at the panel, the most powerful first. */
export const ROLES = ['owner', 'operator', 'support'] as const
export type Role = (typeof ROLES)[number]

/** Declared with each call; the core refuses a caller whose role is below `needs`. */
export interface CallMeta {
  readonly needs: Role
}

const base = oc.$meta<CallMeta>({ needs: 'support' }).errors(errors)

/** A call that only reads: everyone may. */
export const read = base
/** A call that changes state or costs money: operators and owners may. */
export const act = base.meta({ needs: 'operator' })
/** A call that changes credentials or sites: only owners may. */
export const own = base.meta({ needs: 'owner' })
