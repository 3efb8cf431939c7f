import type { ActivityFacts } from '#shared/activity.ts'
import type { NetworkView } from '#shared/network.ts'
import { os } from '#main/platform/rpc.ts'
import type { NetworkService } from './service.ts'

export function networkHandlers(has: {
  readonly networkService: NetworkService
  readonly note: (siteId: string | null, by: string, text: string, facts?: ActivityFacts) => void
}) {
  const { networkService: service, note } = has
  return os.network.router({
    get: os.network.get.handler(() => service.view()),
    save: os.network.save.handler(async ({ input, context }) => {
      const view = await service.save(input)
      note(null, context.person, `Changed the network: ${words(view)}`)
      return view
    }),
    test: os.network.test.handler(({ input }) => service.test(input.address)),
    offline: os.network.offline.handler(() => service.offline()),
  })
}

function words({ settings, caFiles }: NetworkView): string {
  const proxy =
    settings.mode === 'manual' ? `the proxy ${settings.proxy}` : settings.mode === 'none' ? 'no proxy' : 'the proxy of the system'
  return caFiles.some(({ from }) => from === 'settings') ? `${proxy}, and a CA file` : proxy
}
