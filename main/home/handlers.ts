import { os } from '#main/platform/rpc.ts'
import { readFreshnessOverTime } from './freshness-over-time.ts'
import { readHome, type HomeWorld } from './read-home.ts'

export function homeHandlers(world: HomeWorld) {
  return os.home.router({
    get: os.home.get.handler(({ input }) => readHome(world, input.siteId)),
    freshnessOverTime: os.home.freshnessOverTime.handler(({ input }) =>
      readFreshnessOverTime(world.db.query, input, world.clock()),
    ),
  })
}
