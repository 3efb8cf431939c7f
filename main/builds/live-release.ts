import { AppError } from '#shared/errors.ts'
import type { BuildList, RemoteBuild } from '#main/providers/builder.ts'
import type { Edge } from '#main/providers/edge.ts'

export interface Live {
  /** Undefined: it is none of the listed builds', or not known. */
  readonly build: RemoteBuild | undefined
  /** False: the edge is changing to another release, and not every location has it yet. */
  readonly settled: boolean
}

/**
 * Which build visitors get. The path from which the edge fetches says it best; the build service's own word counts where
 * that path is not known. `known`: what was live at the last look. `pinned`: then only the edge itself is believed.
 */
export async function findLive(
  edge: Edge | null,
  list: BuildList,
  known: string | null,
  pinned: boolean,
  signal: AbortSignal,
): Promise<Live> {
  const byId = (id: string | null) => list.builds.find((build) => build.release !== null && build.release.id === id)
  const origin = edge?.switchOrigin
  if (!origin || list.builds.every((build) => (build.release?.originPath ?? null) === null)) {
    return { build: byId(pinned ? known : list.liveReleaseId), settled: true }
  }
  try {
    const { originPath } = await origin.read(signal)
    const build = list.builds.find((candidate) => candidate.release?.originPath === originPath)
    if (!build) return { build: byId(pinned ? known : list.liveReleaseId), settled: true }
    // What was never known is taken as it is: there is nothing truer to show.
    if (known === null || build.release?.id === known || (await origin.deployed(signal))) return { build, settled: true }
    return { build: byId(known), settled: false }
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    return { build: byId(pinned ? known : list.liveReleaseId), settled: true }
  }
}
