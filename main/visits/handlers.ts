import { os } from '#main/platform/rpc.ts'
import type { Visits } from './visits.ts'

export function visitsHandlers({ visits }: { readonly visits: Visits }) {
  return os.visits.router({
    watch: os.visits.watch.handler(({ input }) => visits.read(input.planId)),
    cancel: os.visits.cancel.handler(({ input, context }) => visits.cancel(input.planId, context.person)),
    visited: os.visits.visited.handler(({ input }) => ({ outcome: visits.visited(input.siteId, input.host, input.path) })),
  })
}
