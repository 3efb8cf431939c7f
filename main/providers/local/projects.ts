import { countOf } from '#shared/count-of.ts'
import { AppError } from '#shared/errors.ts'
import type { Detection, ProjectBuild, TryOutcome } from '#shared/local-project.ts'
import { dirname, foldersIn, homeFolder, resolvePath } from '#main/platform/folders.ts'
import { checkProject } from './local-builder.ts'
import { detect } from './detect.ts'
import { outputFiles } from './output-files.ts'
import { readProject } from './read-project.ts'
import { lineRedactor } from './redaction.ts'
import { BuildStopped, runBuild } from './run-build.ts'

/** What a person is shown before a project becomes a site's builder. */
export interface Projects {
  detect(folder: string, signal: AbortSignal): Promise<Described>
  folders(path: string | undefined): Promise<{ path: string; parent: string | null; folders: string[] }>
  tryOut(project: ProjectBuild, signal: AbortSignal): AsyncGenerator<{ line: string } | { outcome: TryOutcome }>
}

interface Described {
  readonly detection: Detection
  readonly problem: { readonly message: string; readonly fix: string | null } | null
}

/** A try holds so many lines at most that nobody has taken yet; then the program waits. */
const LINES_AHEAD = 1_000

export function createProjects(world: { readonly stopped: AbortSignal; withoutSecrets(text: string): string }): Projects {
  return {
    async detect(folder, signal) {
      const detection = detect(await readProject(folder, signal))
      if (detection.command === '') return { detection, problem: null }
      try {
        await checkProject({ folder, command: detection.command, environment: {} })
        return { detection, problem: null }
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return { detection, problem: { message: error.message, fix: error.details.fix ?? null } }
      }
    },
    async folders(path) {
      const whole = resolvePath(path === undefined || path === '' ? homeFolder() : path)
      const parent = dirname(whole)
      try {
        return { path: whole, parent: parent === whole ? null : parent, folders: await foldersIn(whole) }
      } catch (error) {
        throw new AppError(
          'NOT_FOUND',
          `${whole} is no folder that Frostline may read.`,
          { field: 'path', retryable: false },
          error,
        )
      }
    },
    async *tryOut(project, signal) {
      const startedAtMs = Date.now()
      const redact = lineRedactor(project.environment, world.withoutSecrets)
      const outcome = (ok: boolean, message: string) => ({
        outcome: { ok, message: redact(message), tookMs: Date.now() - startedAtMs },
      })
      // Whoever no longer reads has closed the window: what was tried out ends with it.
      const left = new AbortController()
      const cancelled = AbortSignal.any([signal, left.signal])
      const lines: string[] = []
      let wake = Promise.withResolvers<void>()
      let ended: { outcome: TryOutcome } | null = null
      const tell = () => {
        wake.resolve()
        wake = Promise.withResolvers()
      }
      const run = async () => {
        await checkProject(project)
        await runBuild({
          project,
          cancelled,
          stopped: world.stopped,
          onProgress: () => {},
          onStart: async () => {},
          async onLine(line) {
            lines.push(redact(line))
            tell()
            while (lines.length > LINES_AHEAD && !cancelled.aborted) await wake.promise
          },
        })
        return outcome(true, await madeWords(project, cancelled))
      }
      void run()
        .catch((error: unknown) => outcome(false, sentenceOf(error)))
        .then((made) => {
          ended = made
          tell()
        })
      try {
        for (;;) {
          for (const line of lines.splice(0)) yield { line }
          tell()
          if (ended !== null && lines.length === 0) break
          if (lines.length === 0) await wake.promise
        }
        if (ended !== null) yield ended
      } finally {
        left.abort()
        tell()
      }
    },
  }
}

async function madeWords(project: ProjectBuild, signal: AbortSignal): Promise<string> {
  let files = 0
  let pages = 0
  for await (const { file } of outputFiles(project, signal)) {
    files += 1
    if (file.endsWith('.html')) pages += 1
  }
  if (pages > 0)
    return `It works: ${countOf(pages, 'page')} and ${countOf(files - pages, 'other file')} in ${project.outputFolder}.`
  throw new AppError('NOT_FOUND', `The command ended well, but ${project.outputFolder} has no page in it.`, {
    fix: 'Enter the folder that the build writes its HTML files to.',
  })
}

function sentenceOf(error: unknown): string {
  if (error instanceof AppError) return [error.message, error.details.fix].filter(Boolean).join(' ')
  return error instanceof BuildStopped ? 'It was ended.' : 'Something went wrong inside. The log has the details.'
}
