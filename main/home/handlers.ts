import { os } from '#main/platform/rpc.ts'
import { readHome, type HomeWorld } from './read-home.ts'

export function homeHandlers(world: HomeWorld) {
  return os.home.router({ get: os.home.get.handler(({ input }) => readHome(world, input.siteId)) })
}
