import { implement } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import type { FakeState } from '../support/fake-core.ts'

/** What the desktop window and notifications ask for. */
export function makeDesk(state: FakeState, tell: (topic: 'notices' | 'desktop') => void) {
  const os = implement(contract)
  return {
    notices: {
      settings: os.notices.settings.handler(() => state.notices),
      save: os.notices.save.handler(({ input }) => {
        state.notices = input.wanted
        tell('notices')
        return input.wanted
      }),
      listen: os.notices.listen.handler(({ signal }) => state.noticed.listen(signal)),
    },
    desktop: {
      get: os.desktop.get.handler(() => state.desktop),
      save: os.desktop.save.handler(({ input }) => {
        state.desktop = { ...state.desktop, settings: input }
        tell('desktop')
        return input
      }),
      wish: os.desktop.wish.handler(() => ({ passed: true })),
      report: os.desktop.report.handler(() => ({ kept: false })),
      wishes: os.desktop.wishes.handler(async function* () {}),
    },
  }
}
