import { os } from '#main/platform/rpc.ts'
import type { Upkeep } from './service.ts'

export function upkeepHandlers({ upkeep, changed }: { readonly upkeep: Upkeep; readonly changed: () => void }) {
  return os.upkeep.router({
    get: os.upkeep.get.handler(() => upkeep.view()),
    rescue: os.upkeep.rescue.handler(() => upkeep.rescue()),
    damage: os.upkeep.damage.handler(() => upkeep.damage()),
    forgetRescue: os.upkeep.forgetRescue.handler(() => {
      upkeep.forgetRescue()
      changed()
      return null
    }),
    backUp: os.upkeep.backUp.handler(() => upkeep.backUp()),
    openLogs: os.upkeep.openLogs.handler(async () => {
      await upkeep.openLogs()
      return null
    }),
    log: os.upkeep.log.handler(() => ({ text: upkeep.log() })),
    bundle: os.upkeep.bundle.handler(({ input }) => upkeep.bundle(input.withAddresses)),
  })
}
