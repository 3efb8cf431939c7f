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
  return useMutation(orpc.sites.remove.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onRemoved }))
}

export function useTestSettings() {
  return useMutation(orpc.siteSettings.test.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useChangeSite() {
  return useMutation(orpc.siteSettings.change.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useRestoreSite(onRestored?: (siteId: string) => void) {
  return useMutation(orpc.siteSettings.restore.mutationOptions({ onSuccess: ({ siteId }) => onRestored?.(siteId) }))
}

export function useEraseSite(onErased: () => void) {
  return useMutation(orpc.siteSettings.erase.mutationOptions({ onSuccess: onErased }))
}

export function useExportSettings() {
  return useMutation(orpc.siteSettings.export.mutationOptions())
}

export function useReadSettingsFile() {
  return useMutation(orpc.siteSettings.readFile.mutationOptions({ meta: { shownInPlace: true } }))
}

export function usePreviewImport() {
  return useMutation(orpc.siteSettings.previewImport.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useImportSettings() {
  return useMutation(orpc.siteSettings.import.mutationOptions({ meta: { shownInPlace: true } }))
}
