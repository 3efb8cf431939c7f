import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Detection } from '#shared/local-project.ts'
import { orpc } from '#renderer/lib/client.ts'

export function useTestSite() {
  return useMutation(orpc.sites.test.mutationOptions({ meta: { shownInPlace: true } }))
}

/** Looks at a project's folder; nothing of it is run. */
export function useDetectProject(onFound: (found: { readonly detection: Detection }) => void) {
  return useMutation(orpc.projects.detect.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onFound }))
}

export function useAddSite(onAdded: (siteId: string) => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.sites.add.mutationOptions({
      meta: { shownInPlace: true },
      async onSuccess({ siteId }) {
        await queryClient.invalidateQueries({ queryKey: orpc.sites.key() })
        onAdded(siteId)
      },
    }),
  )
}

export function useRemoveSite(onRemoved: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.sites.remove.mutationOptions({
      async onSuccess() {
        await queryClient.invalidateQueries({ queryKey: orpc.sites.key() })
        onRemoved()
      },
    }),
  )
}
