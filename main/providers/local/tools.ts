import { AppError } from '#shared/errors.ts'
import { joinPath } from '#main/platform/folders.ts'
import { cleanEnvironment, findProgram } from '#main/platform/login-shell.ts'
import { kindOfPath } from '#main/platform/local-files.ts'

/** What to do about a program that is not there. */
const INSTALL: Readonly<Record<string, string>> = {
  hugo: 'Install Hugo: https://gohugo.io/installation/ (on Debian: apt install hugo).',
  node: 'Install Node.js: https://nodejs.org/en/download',
  npm: 'Install Node.js, which brings npm: https://nodejs.org/en/download',
  npx: 'Install Node.js, which brings npx: https://nodejs.org/en/download',
  pnpm: 'Install pnpm: https://pnpm.io/installation',
  yarn: 'Install Yarn: https://yarnpkg.com/getting-started/install',
  bun: 'Install Bun: https://bun.sh/docs/installation',
}
const FROM_PACKAGES = new Set(['eleventy', 'next', 'astro', 'gatsby', 'vite'])
const PACKAGE_MANAGERS = new Set(['npm', 'npx', 'pnpm', 'yarn', 'bun'])
/** What a shell does by itself, and marks that begin something more than a program's name. */
const OF_THE_SHELL = /^(cd|export|set|test|echo|true|exit|if|for|while|\[|\(|\{|\.|source|exec|eval)$|["'`$\\(){}<>|;&]/

/** The environment of a project's build: its own programs first, then those of the person's terminal. */
export function projectEnvironment(folder: string, more: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  return cleanEnvironment([joinPath(folder, 'node_modules', '.bin')], more)
}

/**
 * Says what is missing for a command, before it is run. Throws `NOT_FOUND` with what to install. Returns the place of its
 * program; null when the command is more than a program with words, which only a shell can tell.
 */
export async function findTool(command: string, folder: string, environment: Readonly<Record<string, string>>) {
  const words = command.trim().split(/\s+/)
  const program = words.find((word) => !/^[A-Za-z_]\w*=/.test(word)) ?? ''
  if (program === '' || OF_THE_SHELL.test(program)) return null
  const found = await findProgram(program, environment['PATH'] ?? '', folder)
  if (found === null) throw missing(program, folder)
  const needsPackages = PACKAGE_MANAGERS.has(program) && program !== 'npx' && words.includes('run')
  if (needsPackages && (await kindOfPath(joinPath(folder, 'package.json'))) === null) {
    throw new AppError('NOT_FOUND', `There is no package.json in ${folder}, so “${command}” has nothing to run.`, {
      field: 'builder.command',
      fix: 'Choose the folder that has the package.json of the site, or enter another command.',
    })
  }
  return found
}

function missing(program: string, folder: string): AppError {
  const fix = FROM_PACKAGES.has(program)
    ? `Run npm install in ${folder}, so that the project has its own ${program}.`
    : (INSTALL[program] ?? `Install it, so that “${program}” works in a new terminal, or enter another command.`)
  return new AppError(
    'NOT_FOUND',
    `${program} is not on this machine: neither in the project nor on the PATH of your terminal.`,
    {
      field: 'builder.command',
      fix,
      retryable: false,
    },
  )
}
