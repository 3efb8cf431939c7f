import { os } from '#main/platform/rpc.ts'
import type { Absences } from './absences.ts'

export function awayHandlers(absences: Absences, changed: () => void) {
  return os.away.router({
    get: os.away.get.handler(({ input }) => absences.summary(input.siteId)),
    dismiss: os.away.dismiss.handler(({ input }) => {
      const dismissed = absences.dismiss(input.toMs)
      changed()
      return { dismissed }
    }),
  })
}
