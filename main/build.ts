import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'
import { buildAlone } from './build-freshness.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url))
const TARGET = 'node24'
/** Programs of the privileged side. They lie side by side in the bundle, because each finds the next beside itself. */
const PROGRAMS = {
  'core-thread': 'main/core-thread.ts',
  'work-thread': 'main/work-thread.ts',
  'read-thread': 'main/read-thread.ts',
  'hooks-thread': 'main/hooks-thread.ts',
  'web-shell': 'main/web/web-shell.ts',
  desktop: 'main/desktop/index.ts',
}

async function buildRenderer(): Promise<void> {
  await build({ configFile: path('renderer/vite.config.ts'), root: path('renderer'), logLevel: 'warn' })
}

async function buildPrograms(): Promise<void> {
  const input = Object.fromEntries(Object.entries(PROGRAMS).map(([name, file]) => [name, path(file)]))
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: BUNDLED },
    plugins: [LEAN_BUILTINS],
    define: { FROSTLINE_SIGNED_BUILD: String(process.env['FROSTLINE_SIGNED_BUILD'] === '1') },
    build: {
      ssr: true,
      target: TARGET,
      outDir: path('dist/main'),
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        external: (id: string) => isPackage(id),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

/** The bridge runs sandboxed, where only CommonJS in one file can be loaded. */
async function buildPreload(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: path('main/preload/index.ts'),
      target: TARGET,
      outDir: path('dist/preload'),
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false },
      },
    },
  })
}

/** Pure packages of many small files, with what they need: in one file they are read in a fraction of the time, in every thread again. */
const BUNDLED = new RegExp(
  `^(${[
    '@orpc/|radash|croner|csv-parse|env-paths|is-safe-filename|kysely|mrmime|smol-toml|structured-headers|undici|ws|zod',
    'htmlparser2|entities|domhandler|domutils|domelementtype|dom-serializer',
    'pino|@pinojs/|atomic-sleep|on-exit-leak-free|quick-format-unescaped|safe-stable-stringify|sonic-boom|thread-stream',
  ].join('|')})`,
)

/** Other packages stay packages: native ones cannot be bundled, and clients of vendors are loaded when they are needed. */
function isPackage(id: string): boolean {
  const ours = id.startsWith('.') || id.startsWith('/') || id.startsWith('#') || /^[A-Za-z]:[\\/]/.test(id) || id.startsWith('\0')
  return !ours && !BUNDLED.test(id) && !(id in LEAN)
}

/**
 * `import … from` a module of Node reads every name that it offers. Among those of `node:http` is `WebSocket`, for which Node
 * loads its own undici (30 to 60 ms in each thread), among those of `node:process` are the streams. These read none.
 * Source: `getESMFacade` in Node's `lib/internal/bootstrap/realm.js`.
 */
const LEAN: Readonly<Record<string, string>> = {
  'node:http': `import { createRequire } from 'node:module'
const http = createRequire(import.meta.url)('node:http')
export const { Agent, IncomingMessage, STATUS_CODES, createServer, request } = http
export default http`,
  'node:process': 'export default globalThis.process',
}
const LEAN_BUILTINS: Plugin = {
  name: 'lean-builtins',
  enforce: 'pre',
  resolveId: (id) => (id in LEAN ? `\0lean:${id}` : null),
  load: (id) => LEAN[id.replace('\0lean:', '')] ?? null,
}

try {
  await buildAlone(async () => {
    await Promise.all([buildRenderer(), buildPrograms(), buildPreload()])
  }, process.argv.includes('--if-old'))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
