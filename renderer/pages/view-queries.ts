import { useMutation } from '@tanstack/react-query'
import type { PageView } from '#shared/page-views.ts'
import { orpc } from '#renderer/lib/client.ts'

export const viewsQueries = {
  list: (siteId: string) => orpc.pageViews.list.queryOptions({ input: { siteId } }),
}

const inPlace = { meta: { shownInPlace: true } }

export function useSaveView(onSaved: (view: PageView) => void) {
  return useMutation(orpc.pageViews.save.mutationOptions({ ...inPlace, onSuccess: onSaved }))
}

export function useRenameView(onRenamed: (view: PageView) => void) {
  return useMutation(orpc.pageViews.rename.mutationOptions({ ...inPlace, onSuccess: onRenamed }))
}

export function useReplaceView(onReplaced: (view: PageView) => void) {
  return useMutation(orpc.pageViews.replace.mutationOptions({ onSuccess: onReplaced }))
}

export function useRemoveView(onRemoved: (view: PageView) => void) {
  return useMutation(orpc.pageViews.remove.mutationOptions({ onSuccess: onRemoved }))
}

export function useRestoreView() {
  return useMutation(orpc.pageViews.restore.mutationOptions())
}
