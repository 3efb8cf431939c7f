import { os } from '#main/platform/rpc.ts'
import type { PageViews } from './views.ts'

export function pageViewsHandlers(has: { readonly views: PageViews; readonly changed: () => void }) {
  const { views } = has
  const told = <View>(view: View): View => {
    has.changed()
    return view
  }
  return os.pageViews.router({
    list: os.pageViews.list.handler(({ input }) => views.list(input.siteId)),
    save: os.pageViews.save.handler(({ input, context }) =>
      told(views.save(input.siteId, input.name, input.content, context.person)),
    ),
    replace: os.pageViews.replace.handler(({ input }) => told(views.replace(input.viewId, input.content))),
    rename: os.pageViews.rename.handler(({ input }) => told(views.rename(input.viewId, input.name))),
    remove: os.pageViews.remove.handler(({ input }) => told(views.remove(input.viewId))),
    restore: os.pageViews.restore.handler(({ input }) => told(views.restore(input.viewId))),
  })
}
