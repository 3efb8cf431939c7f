import type { CommandSource } from '#renderer/lib/commands.ts'
import { SPEND_BY } from '#shared/budget-account.ts'

export const budgetCommands: CommandSource = ({ site }) =>
  site
    ? SPEND_BY.map((by) => ({
        id: `spend by ${by}`,
        group: 'Go to' as const,
        label: `What purges were for, by ${by}`,
        says: 'Budget',
        also: 'spend money ledger',
        does: `/budget?by=${by}`,
      }))
    : []
