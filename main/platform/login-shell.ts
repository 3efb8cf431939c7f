import { access, constants, stat } from 'node:fs/promises'
import { homedir, tmpdir, userInfo } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'

const ASK_SHELL_MS = 8_000
const MARK = '<path-of-the-login-shell>'
const WINDOWS = process.platform === 'win32'
/** Without these, programs on Windows find neither the system nor the person's folders. */
const WINDOWS_NAMES = [
  'SystemRoot',
  'SystemDrive',
  'ComSpec',
  'PATHEXT',
  'APPDATA',
  'LOCALAPPDATA',
  'ProgramFiles',
  'USERPROFILE',
]

let asked: Promise<string> | null = null

/**
 * The PATH that the person's terminal has. A program that was started from the desktop has a shorter one, on which version
 * managers and package managers have put nothing. The shell is asked once; when it does not answer, our own PATH is taken.
 */
export function loginPath(): Promise<string> {
  asked ??= askShell()
  return asked
}

async function askShell(): Promise<string> {
  if (WINDOWS) return ownPath()
  const shell = userInfo().shell ?? '/bin/sh'
  const script = `printf '%s%s%s' '${MARK}' "$PATH" '${MARK}'`
  const { execa } = await import('execa')
  const answer = await execa(shell, ['-l', '-i', '-c', script], {
    env: { ...bareEnvironment(), TERM: 'dumb' },
    extendEnv: false,
    stdin: 'ignore',
    stderr: 'ignore',
    timeout: ASK_SHELL_MS,
    reject: false,
    maxBuffer: 1_000_000,
    // An interactive shell would take the terminal away from us.
    detached: true,
  })
  return answer.stdout?.split(MARK)[1] || ownPath()
}

/** Less what npm puts on it while it runs our own scripts. */
function ownPath(): string {
  const parts = (process.env['PATH'] ?? '').split(delimiter)
  return parts.filter((part) => !/node_modules[\\/](\.bin|npm[\\/]bin|@npmcli)/.test(part) && part !== '').join(delimiter)
}

function bareEnvironment(): Record<string, string> {
  const { username, shell } = userInfo()
  const names = WINDOWS ? WINDOWS_NAMES.map((name) => [name, process.env[name]]) : [['SHELL', shell ?? '/bin/sh']]
  return Object.fromEntries(
    [
      ['HOME', homedir()],
      ['USER', username],
      ['LOGNAME', username],
      ['LANG', process.env['LANG'] ?? 'C.UTF-8'],
      ['TMPDIR', tmpdir()],
      ['TEMP', WINDOWS ? tmpdir() : undefined],
      ['TMP', WINDOWS ? tmpdir() : undefined],
      ...names,
    ].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** What a build may see: the person's home, language and PATH, `first` in front of it, and nothing of ours. */
export async function cleanEnvironment(first: readonly string[], more: Readonly<Record<string, string>>) {
  const path = [...first, await loginPath()].join(delimiter)
  return { ...bareEnvironment(), PATH: path, CI: '1', ...more }
}

/** Where a program is on a PATH; null when it is not. A name with a slash is looked for from `cwd`. */
export async function findProgram(name: string, path: string, cwd: string): Promise<string | null> {
  const endings = WINDOWS ? ['', '.exe', '.cmd', '.bat'] : ['']
  const folders = /[\\/]/.test(name) ? [isAbsolute(name) ? '' : cwd] : path.split(delimiter)
  for (const folder of folders) {
    for (const ending of endings) {
      const file = folder === '' ? name + ending : join(folder, name + ending)
      if (await mayRun(file)) return file
    }
  }
  return null
}

async function mayRun(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
