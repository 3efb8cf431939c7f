import type { Visit, Visits } from './visit-desk.ts'

/** A page that everybody opens is one line for the core, every now and then. */
const EVERY_MS = 250
/** Pages in one round; what is beyond is told at its next visit. */
const MOST = 2_000

/** Joins the visits of a page that come within a moment. */
export function gatherVisits(tell: (visits: Visit[]) => void): Visits & { flush(): void } {
  let gathered = new Map<string, Visit>()
  let timer: NodeJS.Timeout | null = null
  const flush = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const now = [...gathered.values()]
    gathered = new Map()
    if (now.length > 0) tell(now)
  }
  return {
    flush,
    add(visit) {
      const key = `${visit.siteId} ${visit.host} ${visit.path}`
      const before = gathered.get(key)
      if (before === undefined && gathered.size >= MOST) return
      gathered.set(key, { ...visit, visits: (before?.visits ?? 0) + 1 })
      timer ??= setTimeout(flush, EVERY_MS)
    },
  }
}
