import { useMutation } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useInvite() {
  return useMutation(orpc.people.invite.mutationOptions({ meta: { shownInPlace: true } }))
}

export function useRevoke(onRevoked: () => void) {
  return useMutation(orpc.people.revoke.mutationOptions({ onSuccess: onRevoked }))
}
