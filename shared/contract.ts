import { addSite } from './add-site.ts'
import { advice } from './advice.ts'
import { activity } from './activity.ts'
import { automation } from './automation.ts'
import { away } from './away.ts'
import { budget } from './budget.ts'
import { buildQueue } from './build-queue.ts'
import { builds } from './builds.ts'
import { credentials } from './credentials.ts'
import { deploys } from './deploys.ts'
import { desktop } from './desktop.ts'
import { diagnosis } from './diagnosis.ts'
import { discovery } from './discovery.ts'
import { home } from './home.ts'
import { exporting } from './exporting.ts'
import { hooks } from './hooks.ts'
import { inspection } from './inspection.ts'
import { notices } from './notices.ts'
import { projects } from './local-project.ts'
import { network } from './network.ts'
import { pageViews } from './page-views.ts'
import { pages } from './pages.ts'
import { people } from './people.ts'
import { plans } from './plans.ts'
import { published } from './published.ts'
import { publishing } from './publishing.ts'
import { settingsFiles } from './settings-file.ts'
import { siteSettings } from './site-settings.ts'
import { sites } from './sites.ts'
import { tags } from './tags.ts'
import { tour } from './tour.ts'
import { upkeep } from './upkeep.ts'
import { visits } from './visits.ts'

/** Every call that the panel can make of the core: the sum of the features. */
export const contract = {
  activity,
  addSite,
  automation,
  advice,
  away,
  budget,
  buildQueue,
  builds,
  credentials,
  deploys,
  desktop,
  diagnosis,
  discovery,
  exporting,
  home,
  hooks,
  inspection,
  network,
  notices,
  pages,
  pageViews,
  people,
  plans,
  published,
  projects,
  publishing,
  siteSettings: { ...siteSettings, ...settingsFiles },
  sites,
  tags,
  tour,
  upkeep,
  visits,
}
export type Contract = typeof contract
