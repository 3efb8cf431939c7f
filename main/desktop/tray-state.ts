import type { Topic } from '#shared/activity.ts'
import type { Desk } from './desk.ts'
import type { TraySite, TrayState } from './tray-menu.ts'

/** What of a change the tray shows. */
const SHOWN: ReadonlySet<Topic> = new Set<Topic>(['sites', 'pages', 'builds', 'deploys', 'budget', 'plans', 'automation'])
/** Between two looks while changes pour in: nobody reads a menu faster. */
const QUIET_MS = 1_000

export async function readTrayState(client: Desk['client']): Promise<TrayState> {
  const [sites, pause] = await Promise.all([client.sites.list(), client.automation.pause()])
  return { sites: await Promise.all(sites.map(({ id, name }) => readSite(client, id, name))), paused: pause !== null }
}

async function readSite(client: Desk['client'], id: string, name: string): Promise<TraySite> {
  const [home, budget] = await Promise.all([client.home.get({ siteId: id }), client.budget.get({ siteId: id })])
  const counts = budget.charges && budget.allowance > 0
  return {
    id,
    name,
    oldCopies: home.oldCopies,
    building: home.build.running !== null,
    canBuild: home.build.possible,
    budgetPercent: counts ? Math.round((budget.used / budget.allowance) * 100) : null,
  }
}

/** Tells how the sites stand, at once and whenever that may have changed; a burst of changes is one look. */
export function followTrayState(desk: Desk, tell: (state: TrayState) => void, failed: (error: unknown) => void): void {
  let wanted = false
  let looking = false
  const look = async (): Promise<void> => {
    wanted = true
    if (looking) return
    looking = true
    while (wanted) {
      wanted = false
      await readTrayState(desk.client).then(tell, failed)
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS).unref())
    }
    looking = false
  }
  desk.onChange((topics) => {
    if (topics.some((topic) => SHOWN.has(topic))) void look()
  })
  void look()
}
