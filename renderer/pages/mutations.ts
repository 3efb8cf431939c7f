import { useMutation } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useDiscover() {
  return useMutation(orpc.pages.discover.mutationOptions())
}
