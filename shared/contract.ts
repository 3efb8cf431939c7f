import { activity } from './activity.ts'
import { away } from './away.ts'
import { budget } from './budget.ts'
import { builds } from './builds.ts'
import { deploys } from './deploys.ts'
import { diagnosis } from './diagnosis.ts'
import { discovery } from './discovery.ts'
import { home } from './home.ts'
import { hooks } from './hooks.ts'
import { inspection } from './inspection.ts'
import { pages } from './pages.ts'
import { plans } from './plans.ts'
import { sites } from './sites.ts'
import { tags } from './tags.ts'

/** Every call that the panel can make of the core: the sum of the features. */
export const contract = {
  activity,
  away,
  budget,
  builds,
  deploys,
  diagnosis,
  discovery,
  home,
  hooks,
  inspection,
  pages,
  plans,
  sites,
  tags,
}
export type Contract = typeof contract
