import { mkdirSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { holdFile } from './hold-file.ts'
import { writePrivateFile } from './private-file.ts'
import { storageSentence } from './storage-failure.ts'

/** How a second start reaches the shell that holds the folder. The file is readable by this account only. */
const Running = z.object({ pid: z.number(), origin: z.url(), openSecret: z.string() })
export type Running = z.infer<typeof Running>

/** A data folder that this process alone may use until it lets go or dies. */
export interface HeldFolder {
  /** Says where this shell listens, for the next start. */
  announce(running: Omit<Running, 'pid'>): Promise<void>
  release(): void
}

/** Takes the folder for this process, making it if needed. Null means that another process holds it. */
export function holdDataFolder(folder: string): HeldFolder | null {
  const letGo = lockFolder(folder)
  if (!letGo) return null
  const file = join(folder, 'running.json')
  // Left by a process that crashed: nobody answers there any more.
  rmSync(file, { force: true })
  return {
    announce: (running) => writePrivateFile(file, JSON.stringify({ pid: process.pid, ...running })),
    release() {
      rmSync(file, { force: true })
      letGo()
    },
  }
}

function lockFolder(folder: string): (() => void) | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return holdFile(join(folder, 'lock.sqlite'))
  } catch (cause) {
    const known = storageSentence(cause, folder)
    if (known !== null) throw new Error(known, { cause })
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The data folder ${folder} cannot be used (${why}). Choose another with --data.`, { cause })
  }
}

/** Where the shell that holds the folder listens, or null while it has not said so. */
export async function whoHolds(folder: string): Promise<Running | null> {
  try {
    return Running.parse(JSON.parse(await readFile(join(folder, 'running.json'), 'utf8')))
  } catch {
    return null
  }
}
