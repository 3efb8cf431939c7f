import { useState } from 'react'
import type { Plan, PurgeWay } from '#shared/plans.ts'
import { describeFailure, type Failure } from '#renderer/lib/failure.ts'
import { useRevisePlan } from './mutations.ts'

export interface ChosenWay {
  readonly chosen: PurgeWay
  /** The plan is worked out anew; its numbers are still those of the way before. */
  readonly busy: boolean
  /** Why the last choice was put back. */
  readonly refused: Failure | null
  readonly choose: (way: PurgeWay) => void
}

/** The way to purge that a plan goes: what was chosen shows at once, and goes back when the plan cannot be worked out so. */
export function usePurgeWay({ id, purge }: Plan): ChosenWay {
  const [wanted, setWanted] = useState<PurgeWay | null>(null)
  const revise = useRevisePlan(true)
  const choose = (way: PurgeWay) => {
    setWanted(way)
    revise.mutate({ planId: id, by: way }, { onSettled: () => setWanted(null) })
  }
  return {
    chosen: wanted ?? purge.by,
    busy: wanted !== null,
    refused: revise.isError ? describeFailure(revise.error) : null,
    choose,
  }
}
