import { os } from '#main/platform/rpc.ts'
import type { Automation } from './pause.ts'

export function automationHandlers(has: { readonly automation: Automation; note(siteId: null, by: string, text: string): void }) {
  const { automation, note } = has
  return os.automation.router({
    pause: os.automation.pause.handler(() => automation.pause()),
    setPaused: os.automation.setPaused.handler(({ input, context }) => {
      const changed = automation.setPaused(input.paused, context.person)
      if (changed) note(null, context.person, input.paused ? 'Paused all automation' : 'Resumed automation')
      return automation.pause()
    }),
  })
}
