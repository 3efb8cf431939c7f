import { os } from '#main/platform/rpc.ts'
import type { Credentials } from './credentials.ts'

export function credentialsHandlers({ credentials }: { readonly credentials: Credentials }) {
  return os.credentials.router({
    list: os.credentials.list.handler(() => credentials.list()),
    test: os.credentials.test.handler(({ input }) => credentials.test(input.name)),
    rotate: os.credentials.rotate.handler(({ input, context }) =>
      credentials.rotate(input.name, input.values, input.despite, context.person),
    ),
    remove: os.credentials.remove.handler(async ({ input, context }) => {
      await credentials.remove(input.name, context.person)
      return { removed: true }
    }),
  })
}
