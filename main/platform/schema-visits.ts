import type { Generated } from 'kysely'

/** Tables of what is purged when it is visited. Instants are Unix milliseconds. */
export interface VisitTables {
  plan_choices: PlanChoicesTable
  visit_plans: VisitPlansTable
  visit_watches: VisitWatchesTable
  page_visits: PageVisitsTable
}

interface PlanChoicesTable {
  plan_id: string
  /** `WhenChoice`s in the order in which they were made. */
  choices_json: string
  most_items: number
  lasts_seconds: number
}

/** A plan of which some pages wait for a visit. */
interface VisitPlansTable {
  plan_id: string
  site_id: string
  by: string
  most_items: number
  until: number
  state: 'watching' | 'ended' | 'cancelled'
  /** The plan that purges what was not visited. */
  rest_plan_id: string | null
  rest_started: Generated<number>
  /** Why a visit could not be answered with a purge, as a sentence. */
  problem: string | null
}

interface VisitWatchesTable {
  plan_id: string
  page_id: number
  /** `claimed`: visited, and being purged; `rest`: left to the plan at the end. */
  state: 'watching' | 'claimed' | 'purged' | 'not-needed' | 'rest' | 'cancelled'
  visited_at: number | null
  purge_plan_id: string | null
}

/** Visits that were told, each page's at most once in the time of the setting. */
interface PageVisitsTable {
  page_id: number
  first_at: number
  last_at: number
  visits: number
}
