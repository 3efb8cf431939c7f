import { AppError } from '#shared/errors.ts'
import type { ProjectBuild } from '#shared/local-project.ts'
import { changedAt, joinPath } from '#main/platform/folders.ts'
import { processMark, runProgram, type RunEnd } from '#main/platform/run-program.ts'
import { projectEnvironment } from './tools.ts'

export interface RunBuild {
  readonly project: ProjectBuild
  readonly cancelled: AbortSignal
  readonly stopped: AbortSignal
  /** A line without what is secret. */
  onLine(line: string): Promise<void>
  onProgress(progress: { readonly done: number; readonly total: number }): void
  onStart(running: { readonly pid: number; readonly mark: string | null }): Promise<void>
}

/** Ended by a person, or with Frostline. */
export class BuildStopped extends Error {
  readonly why: 'cancelled' | 'stopped'
  constructor(why: 'cancelled' | 'stopped') {
    super(why)
    this.why = why
  }
}

/** As most generators count: `(34/1000)`. */
const COUNTED = /[([\s](\d{1,7})\/(\d{1,7})[)\]\s]/

/** Runs a project's own build in its folder. Throws `AppError` when it fails, and `BuildStopped`. */
export async function runBuild(run: RunBuild): Promise<void> {
  const { project } = run
  const outputFolder = joinPath(project.folder, project.outputFolder)
  const before = await changedAt(outputFolder)
  let lastWords = ''
  const end = await runProgram({
    command: project.command,
    cwd: project.folder,
    env: await projectEnvironment(project.folder, project.environment),
    timeoutMs: project.timeoutMinutes * 60_000,
    cancelled: run.cancelled,
    stopped: run.stopped,
    onStart: async (pid) => run.onStart({ pid, mark: await processMark(pid) }),
    async onLine(line) {
      if (line.trim() !== '') lastWords = betterWords(lastWords, line.trim())
      const counted = COUNTED.exec(` ${line} `)
      if (counted) run.onProgress({ done: Number(counted[1]), total: Number(counted[2]) })
      await run.onLine(line)
    },
  })
  throwUnlessWell(end, project, lastWords)
  if ((await changedAt(outputFolder)) === null) {
    throw new AppError('NOT_FOUND', `The build ended well, but wrote no ${project.outputFolder} in ${project.folder}.`, {
      field: 'builder.outputFolder',
      fix:
        before === null
          ? 'Enter the folder that the build writes.'
          : 'The build has removed it: enter the folder that it writes.',
      retryable: false,
    })
  }
}

/** Where in its own code a tool was says nothing to whoever wrote the site. */
const STACK = /^(\[[^\]]*\]\s*)?(at\s.*[:(]|original error stack trace)/i

/** A line that names an error says more than the last one, which is often how the tool ends. */
function betterWords(before: string, line: string): string {
  if (STACK.test(line)) return before
  const names = (text: string) => /\berror\b|not found|cannot|failed/i.test(text)
  return names(before) && !names(line) ? before : line.slice(0, 400)
}

function throwUnlessWell(end: RunEnd, project: ProjectBuild, lastWords: string): void {
  const words = lastWords === '' ? '' : ` It said: ${/[.!?]$/.test(lastWords) ? lastWords : `${lastWords}.`}`
  switch (end.kind) {
    case 'ended':
      if (end.code === 0) return
      if (end.code === 127) {
        throw new AppError('NOT_FOUND', `A program that “${project.command}” needs is not on this machine.${words}`, {
          fix: 'Install it, so that the command works in a new terminal.',
        })
      }
      throw new AppError('PROVIDER_REFUSED', `The build ended with code ${end.code}.${words}`, { fix: 'The log says where.' })
    case 'cancelled':
    case 'stopped':
      throw new BuildStopped(end.kind)
    case 'timed out':
      throw new AppError(
        'PROVIDER_REFUSED',
        `The build was ended after ${project.timeoutMinutes} ${project.timeoutMinutes === 1 ? 'minute' : 'minutes'}.${words}`,
        {
          fix: 'Allow it more time, in the settings of the site, or see in the log what it waited for.',
        },
      )
    case 'killed':
      throw new AppError('PROVIDER_REFUSED', `The build was ended from outside (${end.signal}).${words}`, {
        fix: 'The machine may have run out of memory.',
      })
    case 'missing':
      throw new AppError('NOT_FOUND', `The build could not be started: ${end.reason}`, {})
  }
}
