export interface PlannerTables {
  tag_configs: TagConfigsTable
}

/** When a distribution was found to store tags otherwise than before; copies from before that have none of the new ones. */
interface TagConfigsTable {
  site_id: string
  header: string | null
  since: number
}
