import { AppError } from '#shared/errors.ts'
import { os } from '#main/platform/rpc.ts'
import type { DesktopState } from './desktop-state.ts'

export function desktopHandlers(has: { readonly desktop: DesktopState; readonly stopped: AbortSignal }) {
  const { desktop, stopped } = has
  return os.desktop.router({
    get: os.desktop.get.handler(() => ({ settings: desktop.settings(), report: desktop.report() })),
    save: os.desktop.save.handler(({ input }) => desktop.save(input)),
    wish: os.desktop.wish.handler(({ input }) => {
      if (!desktop.wish(input.wish))
        throw new AppError('CONFLICT', 'Only the desktop window can do this, and this panel runs without one.', {
          fix: 'Start Frostline with npm start, or from its package.',
        })
      return { passed: true }
    }),
    report: os.desktop.report.handler(({ input, context }) => {
      onlyTheWindow(context.shell)
      desktop.keepReport(input)
      return { kept: true }
    }),
    wishes: os.desktop.wishes.handler(({ signal, context }) => {
      onlyTheWindow(context.shell)
      return desktop.wishes(signal ? AbortSignal.any([signal, stopped]) : stopped)
    }),
  })
}

/** Bound to the desktop window's own connection; no panel has it. */
function onlyTheWindow(shell: true | undefined): void {
  if (!shell) throw new AppError('NOT_ALLOWED', 'Only the desktop window itself may do this.', {})
}
