import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Mark } from '#shared/tags.ts'
import { orpc } from '#renderer/lib/client.ts'

function useInvalidateMarks() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.tags.marks.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.pages.key() }),
    ])
}

export function useMark(onMarked: (mark: Mark) => void) {
  const invalidate = useInvalidateMarks()
  return useMutation(
    orpc.tags.mark.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess(mark) {
        onMarked(mark)
        return invalidate()
      },
    }),
  )
}

export function useUndoMark() {
  const invalidate = useInvalidateMarks()
  return useMutation(orpc.tags.undoMark.mutationOptions({ onSuccess: invalidate }))
}
