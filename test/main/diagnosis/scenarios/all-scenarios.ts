import { HEADERS } from './headers.ts'
import { OLD_COPIES } from './old-copies.ts'
import type { Scenario } from './scenario.ts'
import { STALE } from './stale.ts'
import { VARIANTS } from './variants.ts'

/** Everything that is done to pages behind each of the caches. */
export const SCENARIOS: readonly Scenario[] = [...OLD_COPIES, ...STALE, ...HEADERS, ...VARIANTS]
