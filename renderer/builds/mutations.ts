import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

/** Wants a build: one that begins at once, or a part of the one that waits. */
export function useRequestBuild() {
  return useMutation(orpc.buildQueue.request.mutationOptions({ onSuccess: useAskQueueAgain() }))
}

export function useRunNow() {
  return useMutation(orpc.buildQueue.runNow.mutationOptions({ onSettled: useAskQueueAgain() }))
}

export function useCancelWaiting() {
  return useMutation(orpc.buildQueue.cancel.mutationOptions({ onSettled: useAskQueueAgain() }))
}

export function useSaveBuildSettings(onSaved: () => void) {
  const asked = useAskQueueAgain()
  return useMutation(
    orpc.buildQueue.save.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onSaved()
        return asked()
      },
    }),
  )
}

export function useRestore(onDone: () => void) {
  const asked = useAskQueueAgain()
  return useMutation(
    orpc.published.restore.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onDone()
        return asked()
      },
    }),
  )
}

export function useLetGo() {
  return useMutation(orpc.published.letGo.mutationOptions({ onSettled: useAskQueueAgain() }))
}

function useAskQueueAgain() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.buildQueue.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.published.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.builds.list.key() }),
    ])
}

export function useCancelBuild() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.builds.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.builds.list.key() }),
    }),
  )
}

/** A switch changes what is listed, what is live and what the banner says. */
function useAskDeploysAgain() {
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries({ queryKey: orpc.deploys.list.key() })
    void queryClient.invalidateQueries({ queryKey: orpc.sites.key() })
  }
}

export function useSwitchTo() {
  return useMutation(orpc.deploys.switchTo.mutationOptions({ meta: { shownInPlace: true }, onSuccess: useAskDeploysAgain() }))
}

export function useSwitchLater() {
  return useMutation(orpc.deploys.switchLater.mutationOptions({ meta: { shownInPlace: true }, onSuccess: useAskDeploysAgain() }))
}

export function useCancelLater() {
  return useMutation(orpc.deploys.cancelLater.mutationOptions({ onSettled: useAskDeploysAgain() }))
}

export function useUnpin() {
  return useMutation(orpc.deploys.unpin.mutationOptions({ onSuccess: useAskDeploysAgain() }))
}

export function usePlanPurgeOf(onPlanned: (planId: string) => void) {
  return useMutation(orpc.deploys.planPurge.mutationOptions({ onSuccess: ({ planId }) => onPlanned(planId) }))
}

export function useCancelSwitch() {
  return useMutation(orpc.deploys.cancel.mutationOptions({ onSettled: useAskDeploysAgain() }))
}

function useAskRunsAgain() {
  const queryClient = useQueryClient()
  return () => void queryClient.invalidateQueries({ queryKey: orpc.publishing.list.key() })
}

export function usePublishFolder() {
  return useMutation(orpc.publishing.folder.mutationOptions({ meta: { shownInPlace: true }, onSuccess: useAskRunsAgain() }))
}

export function useCancelDeploy() {
  return useMutation(orpc.publishing.cancel.mutationOptions({ onSettled: useAskRunsAgain() }))
}
