import type { CauseId } from '#shared/diagnosis.ts'
import type { CommandSource } from '#renderer/lib/commands.ts'
import { causePath } from './cause-docs.ts'
import { CAUSE_NAMES } from './cause-words.ts'

/** Each reason why a page is old, as its page of the documentation. */
export const diagnosisCommands: CommandSource = () =>
  (Object.entries(CAUSE_NAMES) as [CauseId, string][]).map(([id, name]) => ({
    id: `cause ${id}`,
    group: 'Reasons',
    label: name,
    says: 'What it means and what mends it',
    also: `${id} cause docs`,
    does: causePath(id),
  }))
