import { useMutation } from '@tanstack/react-query'
import type { SourceReveal } from '#shared/hook-sources.ts'
import { orpc } from '#renderer/lib/client.ts'

const inPlace = { meta: { shownInPlace: true } }

export function useAddSource(onAdded: (reveal: SourceReveal) => void) {
  return useMutation(orpc.hooks.addSource.mutationOptions({ ...inPlace, onSuccess: onAdded }))
}

export function useRotateSource(onRotated: (reveal: SourceReveal) => void) {
  return useMutation(orpc.hooks.rotateSource.mutationOptions({ ...inPlace, onSuccess: onRotated }))
}

export function useEnableSource() {
  return useMutation(orpc.hooks.enableSource.mutationOptions())
}

export function useRemoveSource(onRemoved: () => void) {
  return useMutation(orpc.hooks.removeSource.mutationOptions({ onSuccess: onRemoved }))
}

export function useSaveReading(onSaved: () => void) {
  return useMutation(orpc.hooks.saveReading.mutationOptions({ ...inPlace, onSuccess: onSaved }))
}

export function useAskNow() {
  return useMutation(orpc.hooks.askNow.mutationOptions())
}

export function useSaveRule(onSaved: () => void) {
  return useMutation(orpc.hooks.saveRule.mutationOptions({ ...inPlace, onSuccess: onSaved }))
}

export function useSwitchRule() {
  return useMutation(orpc.hooks.saveRule.mutationOptions())
}

export function useRemoveRule(onRemoved: () => void) {
  return useMutation(orpc.hooks.removeRule.mutationOptions({ onSuccess: onRemoved }))
}

export function useReplay(onReplayed: (deliveryId: number) => void) {
  return useMutation(orpc.hooks.replay.mutationOptions({ onSuccess: ({ deliveryId }) => onReplayed(deliveryId) }))
}

export function useSaveReceiver(onSaved: () => void) {
  return useMutation(orpc.hooks.saveReceiver.mutationOptions({ ...inPlace, onSuccess: onSaved }))
}

export function useSaveVisitCheck() {
  return useMutation(orpc.hooks.saveVisitCheck.mutationOptions())
}
