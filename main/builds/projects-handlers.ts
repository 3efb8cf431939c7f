import type { Detection, ProjectBuild, TryOutcome } from '#shared/local-project.ts'
import { os } from '#main/platform/rpc.ts'

/** Projects in folders of this machine; the composition root supplies it. */
export interface ProjectsPort {
  detect(
    folder: string,
    signal: AbortSignal,
  ): Promise<{
    readonly detection: Detection
    readonly problem: { readonly message: string; readonly fix: string | null } | null
  }>
  folders(path: string | undefined): Promise<{ path: string; parent: string | null; folders: string[] }>
  tryOut(project: ProjectBuild, signal: AbortSignal): AsyncGenerator<{ line: string } | { outcome: TryOutcome }>
}

export function projectsHandlers(has: { readonly projects: ProjectsPort; readonly stopped: AbortSignal }) {
  const { projects, stopped } = has
  const until = (signal: AbortSignal | undefined) => (signal ? AbortSignal.any([signal, stopped]) : stopped)
  return os.projects.router({
    detect: os.projects.detect.handler(({ input, signal }) => projects.detect(input.folder, until(signal))),
    folders: os.projects.folders.handler(({ input }) => projects.folders(input.path)),
    tryOut: os.projects.tryOut.handler(async function* ({ input, signal }) {
      yield* projects.tryOut(input, until(signal))
    }),
  })
}
