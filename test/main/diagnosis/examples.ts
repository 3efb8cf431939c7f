import type { Example } from './example-parts.ts'
import { OLD_EXAMPLES } from './examples-old.ts'
import { OTHER_EXAMPLES } from './examples-other.ts'

export const EXAMPLES: readonly Example[] = [...OLD_EXAMPLES, ...OTHER_EXAMPLES]
