import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, copyFile, link, mkdir, readdir, readFile, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { bodyHash } from './body-hash.ts'

export { basename, dirname, isAbsolute, join as joinPath, relative, resolve as resolvePath }

/** Files above this are hashed in parts rather than read at once. */
const READ_AT_ONCE = 8_000_000

/** The hash of a file, and its bytes when it is small enough to be read at once. */
export async function hashFile(file: string, sizeBytes: number): Promise<{ hash: string; bytes: Buffer | null }> {
  if (sizeBytes <= READ_AT_ONCE) {
    const bytes = await readFile(file)
    return { hash: bodyHash(bytes), bytes }
  }
  const hash = createHash('sha256')
  for await (const part of createReadStream(file)) hash.update(part as Buffer)
  return { hash: `sha256-${hash.digest('hex')}`, bytes: null }
}

/** Makes `to` the same file as `from`, without a second copy of its bytes where the file system can. */
export async function linkFile(from: string, to: string): Promise<'linked' | 'copied'> {
  try {
    await link(from, to)
    return 'linked'
  } catch {
    await copyFile(from, to)
    return 'copied'
  }
}

/** A copy that nobody may write to: it may become a part of several folders. */
export async function keepFile(from: string, to: string): Promise<void> {
  await copyFile(from, to)
  await chmod(to, 0o444)
}

export const homeFolder = () => homedir()
export const removeTree = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 3 })
export const moveTo = (from: string, to: string) => rename(from, to)

/**
 * Makes a folder and those above it. Rejects with the system's error, also where nothing can be made at all: there
 * (below /proc, for one) Node's own recursive form asks again for ever.
 */
export async function makeFolder(folder: string): Promise<void> {
  const unlessThere = async (error: unknown) => {
    const there = await stat(folder).catch(() => null)
    if (there?.isDirectory() !== true) throw error
  }
  try {
    await mkdir(folder)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT') || dirname(folder) === folder) {
      return unlessThere(error)
    }
    await makeFolder(dirname(folder))
    await mkdir(folder).catch(unlessThere)
  }
}

/** The names in a folder, sorted; none when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort((a, b) => (a < b ? -1 : 1))
}

/** The folders in a folder, less hidden ones. Rejects with the system's error. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b))
}

/** When a path was last changed (Unix milliseconds); null when nothing is there. */
export async function changedAt(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  )
}

/** Where a symbolic link leads to, as a whole path; null when there is none; an empty text when something else is there. */
export async function linkTarget(path: string): Promise<string | null> {
  try {
    return resolve(dirname(path), await readlink(path))
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR') ? null : ''
  }
}

/** Lets a symbolic link lead to a folder; whoever reads through it gets the old folder or the new one. */
export async function switchLink(path: string, target: string): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}.tmp`
  await symlink(target, draft, process.platform === 'win32' ? 'junction' : 'dir')
  try {
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
