import { ORPCError } from '@orpc/client'
import { MutationCache, onlineManager, QueryClient } from '@tanstack/react-query'
import { describeFailure } from '#renderer/lib/failure.ts'
import { networkQueries } from '#renderer/settings/queries.ts'
import { showFailure } from './failure-toast.tsx'

// Whether the machine has a network says nothing about the core, which is on the same machine.
onlineManager.setEventListener(() => undefined)

const isOffline = (): boolean => (queryClient.getQueryData(networkQueries.offline().queryKey) ?? null) !== null

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The core says what has changed, so an answer stays good until then.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: 'always',
      retry: false,
    },
    // An act must happen now or fail: one that is sent minutes later would surprise.
    mutations: { networkMode: 'always', retry: false },
  },
  mutationCache: new MutationCache({
    onError(error, variables, _result, mutation) {
      if (mutation.meta?.['shownInPlace'] === true) return
      const failure = describeFailure(error)
      // While nothing gets out, the status bar says so: one note of it is enough.
      const offline = error instanceof ORPCError && error.code === 'UNREACHABLE' && isOffline()
      showFailure(failure, () => void mutation.execute(variables).catch(() => undefined), offline ? 'offline' : undefined)
    },
  }),
})
