import type { QueryClient } from '@tanstack/react-query'
import type { Topic } from '#shared/activity.ts'
import { client, orpc } from './client.ts'

/** A burst of changes, such as a check of 10,000 pages, asks again no more often than this. */
const QUIET_MS = 250

/**
 * Two sides of one thing: a build that has ended is among the deploys. Home asks by itself every few seconds; after a roll
 * back or a build it must not say what was before. Both are jobs as well, which their feature keeps.
 */
const BUILDS = () => [orpc.builds.list.key(), orpc.deploys.list.key(), orpc.home.get.key(), orpc.activity.jobs.key()]

const KEYS: Record<Topic, () => readonly (readonly unknown[])[]> = {
  sites: () => [orpc.sites.key(), orpc.siteSettings.key(), orpc.credentials.key(), orpc.home.get.key()],
  pages: () => [orpc.pages.key()],
  tags: () => [orpc.tags.key()],
  visits: () => [orpc.visits.key()],
  plans: () => [orpc.plans.key(), orpc.tags.marks.key()],
  budget: () => [orpc.budget.key()],
  builds: BUILDS,
  buildQueue: () => [orpc.buildQueue.key(), orpc.activity.jobs.key()],
  published: () => [orpc.published.key()],
  publishing: () => [orpc.publishing.key()],
  deploys: BUILDS,
  jobs: () => [orpc.activity.jobs.key()],
  people: () => [orpc.people.key()],
  // The receiver says whether its deliveries wait.
  automation: () => [orpc.automation.key(), orpc.hooks.receiver.key()],
  log: () => [orpc.activity.log.key()],
  hooks: () => [orpc.hooks.key()],
  network: () => [orpc.network.key()],
  upkeep: () => [orpc.upkeep.key()],
  views: () => [orpc.pageViews.key()],
  notices: () => [orpc.notices.settings.key()],
  desktop: () => [orpc.desktop.key()],
}

/**
 * Has queries asked again when the core says that what they show has changed. The next round waits until the last one
 * is answered, so that a slow list is never restarted before it arrives.
 */
export function createInvalidator(queryClient: QueryClient, pause = sleep): (topics: readonly Topic[]) => void {
  const pending = new Set<Topic>()
  let running = false
  const drain = async () => {
    running = true
    while (pending.size > 0) {
      const topics = [...pending]
      pending.clear()
      const keys = new Map(topics.flatMap((topic) => KEYS[topic]()).map((key) => [JSON.stringify(key), key]))
      await Promise.all([...keys.values()].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
      await pause(QUIET_MS)
    }
    running = false
  }
  return (topics) => {
    for (const topic of topics) pending.add(topic)
    if (!running) void drain()
  }
}

/** Follows the core's changes until the signal aborts or the line breaks. */
export async function followChanges(changed: (topics: readonly Topic[]) => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const change of await client.activity.changes(undefined, { signal })) changed(change.topics)
  } catch {
    // The connection's own state tells of a broken line; it is followed again after reconnecting.
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
