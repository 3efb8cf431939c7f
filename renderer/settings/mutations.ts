import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'
import { saveFile } from '#renderer/lib/save-file.ts'

export function useSaveNetwork(onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.network.save.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess(view) {
        queryClient.setQueryData(orpc.network.get.queryKey(), view)
        onSaved()
      },
    }),
  )
}

export function useTestNetwork() {
  return useMutation(orpc.network.test.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useForgetRescue() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.upkeep.forgetRescue.mutationOptions({
      onSuccess: () => queryClient.setQueryData(orpc.upkeep.rescue.queryKey(), null),
    }),
  )
}

export function useBackUp() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.upkeep.backUp.mutationOptions({
      onSuccess: (view) => queryClient.setQueryData(orpc.upkeep.get.queryKey(), view),
    }),
  )
}

export function useOpenLogs() {
  return useMutation(orpc.upkeep.openLogs.mutationOptions())
}

export function useSaveLog() {
  return useMutation(
    orpc.upkeep.log.mutationOptions({ onSuccess: ({ text }) => saveFile('frostline-core.log', 'text/plain', text) }),
  )
}
