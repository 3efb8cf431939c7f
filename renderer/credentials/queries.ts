import { useMutation } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export const credentialsQueries = {
  list: () => orpc.credentials.list.queryOptions(),
}

export function useTestCredential() {
  return useMutation(orpc.credentials.test.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useRotateCredential() {
  return useMutation(orpc.credentials.rotate.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useRemoveCredential(onRemoved: () => void) {
  return useMutation(orpc.credentials.remove.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onRemoved }))
}
