import { os } from '#main/platform/rpc.ts'
import type { Ledger } from './ledger.ts'

export function budgetHandlers(has: { readonly ledger: Ledger; accountOf(siteId: string): Promise<string> }) {
  return os.budget.router({
    get: os.budget.get.handler(async ({ input }) => has.ledger.budget(await has.accountOf(input.siteId))),
  })
}
