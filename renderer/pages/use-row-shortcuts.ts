import type { PageRow } from '#shared/pages.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { useScreenCommands } from '#renderer/lib/screen-commands.ts'
import type { ShortcutId } from '#renderer/lib/shortcuts.ts'
import { useShortcuts } from '#renderer/lib/use-shortcuts.ts'
import type { PageSelection } from './page-selection.ts'

interface RowShortcutsInput {
  readonly keys: { readonly active: number | null; readonly move: (step: number) => void; readonly toggle: () => void }
  readonly rows: readonly PageRow[]
  readonly selection: PageSelection
  /** What is selected. */
  readonly target: Target
  /** Puts the focus on the rows, so that Enter opens the one that was moved to. */
  readonly focus: () => void
}

/** The letters of the list: they move, select, and act on what is selected, else on the row that somebody is at. */
export function useRowShortcuts({ keys, rows, selection, target, focus }: RowShortcutsInput): void {
  const acts = useActs()
  const { mayAct, checksAtMost } = useAccess()
  const mayCheck = selection.all ? checksAtMost === Infinity : selection.ids.size <= checksAtMost
  const isSelecting = selection.all || selection.ids.size > 0
  const move = (step: number) => {
    focus()
    if (rows.length > 0) keys.move(step)
  }
  const aim = (): Target | null => {
    if (isSelecting) return target
    const row = keys.active === null ? undefined : rows[keys.active]
    return row ? { selection: { kind: 'pages', pageIds: [row.id] }, words: row.path } : null
  }
  const on = (act: (target: Target) => void) => () => {
    const now = aim()
    if (now) act(now)
  }
  const aimed = aim()
  const offer = (id: ShortcutId, label: string, act: (target: Target) => void) =>
    aimed === null ? [] : [{ id, label: `${label}: ${aimed.words}`, shortcut: id, does: () => act(aimed) }]
  useScreenCommands([
    ...(mayCheck ? offer('pages.check', 'Check', acts.check) : []),
    ...(mayAct ? offer('pages.plan', 'Plan a purge', acts.plan) : []),
    ...(mayAct ? offer('pages.mark', 'Mark as changed', acts.markAsChanged) : []),
  ])
  const operators: Partial<Record<ShortcutId, () => void>> = mayAct
    ? { 'pages.plan': on(acts.plan), 'pages.mark': on(acts.markAsChanged) }
    : {}
  useShortcuts({
    'rows.next': () => move(1),
    'rows.before': () => move(-1),
    'rows.select': () => keys.toggle(),
    ...(mayCheck ? { 'pages.check': on(acts.check) } : {}),
    ...operators,
  })
}
