import { useDebouncedCallback } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useCheck(onStarted: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.inspection.check.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onStarted()
        return queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() })
      },
    }),
  )
}

/** Starts a check that goes on after a restart: of a whole site, or of a filter. */
export function useStartRun(onStarted: () => void) {
  const asked = useAskedAnew()
  return useMutation(
    orpc.inspection.startRun.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onStarted()
        return asked()
      },
    }),
  )
}

export function useResumeRun() {
  const asked = useAskedAnew()
  return useMutation(orpc.inspection.resumeRun.mutationOptions({ onSettled: asked }))
}

export function useSaveCheckSettings(onSaved: () => void) {
  const asked = useAskedAnew()
  return useMutation(
    orpc.inspection.saveSettings.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onSaved()
        return asked()
      },
    }),
  )
}

/** Has a check that is under way look at these rows first, as soon as the eye rests on them. */
export function useShowFirst(siteId: string): (pageIds: readonly number[]) => void {
  const { mutate } = useMutation(orpc.inspection.showFirst.mutationOptions({ meta: { shownInPlace: true } }))
  return useDebouncedCallback((pageIds: readonly number[]) => mutate({ siteId, pageIds: [...pageIds] }), 400)
}

function useAskedAnew(): () => Promise<unknown> {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.inspection.latestRun.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.inspection.settings.key() }),
    ])
}
