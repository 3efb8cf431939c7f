import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useTriggerBuild() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.builds.trigger.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.builds.list.key() }),
    }),
  )
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

export function useUnpin() {
  return useMutation(orpc.deploys.unpin.mutationOptions({ onSuccess: useAskDeploysAgain() }))
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
