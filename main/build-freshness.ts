import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Written last: its time is when the build began. */
const STAMP = 'dist/built'
/** What a start needs from the build, whatever removed it since. */
const NEEDED = ['dist/renderer/index.html', 'dist/main/web-shell.js', 'dist/main/desktop.js', 'dist/preload/preload.cjs']
const SOURCES = ['main', 'renderer', 'shared', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const OTHER_BUILD_MS = 120_000

/** Builds the panel when a source is newer than the last build. False when the build failed; it has said why. */
export async function buildIfOld(say: (line: string) => void): Promise<boolean> {
  if (isBuilt()) return true
  say('Building the panel…')
  const build = spawn(process.execPath, [join(root, 'main', 'build.ts'), '--if-old'], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve) => {
    build.once('error', () => resolve(false))
    build.once('exit', (code) => resolve(code === 0))
  })
}

/** Whether the last build is newer than everything it was made from. */
export function isBuilt(folder = root): boolean {
  const built = changedMs(join(folder, STAMP))
  if (built === 0 || NEEDED.some((file) => changedMs(join(folder, file)) === 0)) return false
  return SOURCES.every((source) => newest(join(folder, source), built) <= built)
}

/** Runs a build while no other one runs. Its sources count as of its beginning. */
export async function buildAlone(build: () => Promise<void>, onlyIfOld: boolean): Promise<void> {
  const { holdFile } = await import('./platform/hold-file.ts')
  mkdirSync(join(root, 'dist'), { recursive: true })
  const letGo = holdFile(join(root, 'dist', 'build-lock.sqlite'), OTHER_BUILD_MS)
  if (!letGo) throw new Error('Another build has been running for two minutes. End it and build again.')
  try {
    if (onlyIfOld && isBuilt()) return
    const stamp = join(root, STAMP)
    rmSync(stamp, { force: true })
    // What earlier starts compiled is of the earlier build.
    rmSync(join(root, 'dist', 'compiled'), { recursive: true, force: true })
    const begunMs = Date.now()
    await build()
    writeFileSync(stamp, `${new Date(begunMs).toISOString()}\n`)
    utimesSync(stamp, begunMs / 1000, begunMs / 1000)
  } finally {
    letGo()
  }
}

/** The newest change below a path; stops as soon as one is newer than `enough`. */
function newest(path: string, enough: number): number {
  let latest = changedMs(path)
  for (const entry of folderEntries(path)) {
    if (latest > enough) break
    latest = Math.max(latest, entry.isDirectory() ? newest(join(path, entry.name), enough) : changedMs(join(path, entry.name)))
  }
  return latest
}

function folderEntries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

function changedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
