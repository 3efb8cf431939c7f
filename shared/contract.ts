import { advice } from './advice.ts'
import { activity } from './activity.ts'
import { automation } from './automation.ts'
import { away } from './away.ts'
import { budget } from './budget.ts'
import { buildQueue } from './build-queue.ts'
import { builds } from './builds.ts'
import { deploys } from './deploys.ts'
import { desktop } from './desktop.ts'
import { diagnosis } from './diagnosis.ts'
import { discovery } from './discovery.ts'
import { home } from './home.ts'
import { hooks } from './hooks.ts'
import { inspection } from './inspection.ts'
import { notices } from './notices.ts'
import { projects } from './local-project.ts'
import { pages } from './pages.ts'
import { people } from './people.ts'
import { plans } from './plans.ts'
import { published } from './published.ts'
import { publishing } from './publishing.ts'
import { sites } from './sites.ts'
import { tags } from './tags.ts'
import { visits } from './visits.ts'

/** Every call that the panel can make of the core: the sum of the features. */
export const contract = {
  activity,
  automation,
  advice,
  away,
  budget,
  buildQueue,
  builds,
  deploys,
  desktop,
  diagnosis,
  discovery,
  home,
  hooks,
  inspection,
  notices,
  pages,
  people,
  plans,
  published,
  projects,
  publishing,
  sites,
  tags,
  visits,
}
export type Contract = typeof contract
