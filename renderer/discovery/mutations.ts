import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

const inPlace = { meta: { shownInPlace: true } }

export function useFind(onStarted: (jobId: string) => void) {
  return useMutation(orpc.discovery.start.mutationOptions({ ...inPlace, onSuccess: ({ jobId }) => onStarted(jobId) }))
}

export function useFindOnDisk(onStarted: (jobId: string) => void) {
  return useMutation(orpc.discovery.startFromDisk.mutationOptions({ ...inPlace, onSuccess: ({ jobId }) => onStarted(jobId) }))
}

export function useSaveRules(onStarted: (jobId: string) => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.discovery.saveRules.mutationOptions({
      ...inPlace,
      onSuccess({ jobId }) {
        onStarted(jobId)
        return queryClient.invalidateQueries({ queryKey: orpc.discovery.key() })
      },
    }),
  )
}

export function useCancelFind() {
  return useMutation(orpc.activity.cancelJob.mutationOptions())
}
