import { flushCompileCache, getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'

const VARIABLE = 'NODE_COMPILE_CACHE'
/** By then a start has run what every start runs. */
const KEEP_AFTER_MS = 4_000

/**
 * The environment for a thread of this program, so that it finds what an earlier start compiled: a thread cannot say so
 * itself before its own code is read.
 */
export function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  return folder === undefined ? process.env : { ...process.env, [VARIABLE]: dirname(folder) }
}

/** Keeps what this thread has compiled for the next start. Programs that it starts keep theirs elsewhere. */
export function keepCompiledCode(): void {
  delete process.env[VARIABLE]
  setTimeout(flushCompileCache, KEEP_AFTER_MS).unref()
}
