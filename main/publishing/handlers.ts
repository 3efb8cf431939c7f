import { os } from '#main/platform/rpc.ts'
import type { Publishing } from './service.ts'

export function publishingHandlers({ publishing }: { readonly publishing: Publishing }) {
  return os.publishing.router({
    list: os.publishing.list.handler(({ input }) => publishing.list(input.siteId)),
    folder: os.publishing.folder.handler(({ input, context }) =>
      publishing.startFolder(input.siteId, input.path, input.title, context.person),
    ),
    cancel: os.publishing.cancel.handler(({ input }) => publishing.cancel(input.runId)),
  })
}
