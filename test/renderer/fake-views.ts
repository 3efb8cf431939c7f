import { implement, ORPCError } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import type { PageView } from '#shared/page-views.ts'

/** Saved views in memory. */
export function makeViews(tell: () => void) {
  const os = implement(contract)
  let views: PageView[] = []
  const removed = new Map<string, PageView>()
  const change = (viewId: string, to: Partial<PageView>): PageView => {
    const view = views.find(({ id }) => id === viewId)
    if (!view) throw new ORPCError('NOT_FOUND', { defined: true, message: 'This view is not here any more.', data: {} })
    views = views.map((each) => (each === view ? { ...view, ...to } : each))
    tell()
    return { ...view, ...to }
  }
  return {
    list: os.pageViews.list.handler(() => views),
    save: os.pageViews.save.handler(({ input }) => {
      const view: PageView = { id: `v${views.length}`, name: input.name, by: 'Ada', savedAtMs: Date.now(), ...input.content }
      views = [...views, view]
      tell()
      return view
    }),
    replace: os.pageViews.replace.handler(({ input }) => change(input.viewId, input.content)),
    rename: os.pageViews.rename.handler(({ input }) => change(input.viewId, { name: input.name })),
    remove: os.pageViews.remove.handler(({ input }) => {
      const view = change(input.viewId, {})
      removed.set(view.id, view)
      views = views.filter(({ id }) => id !== view.id)
      tell()
      return view
    }),
    restore: os.pageViews.restore.handler(({ input }) => {
      const view = removed.get(input.viewId)
      if (!view) throw new ORPCError('NOT_FOUND', { defined: true, message: 'This view is not here any more.', data: {} })
      views = [...views, view]
      tell()
      return view
    }),
  }
}
