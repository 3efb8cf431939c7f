#!/usr/bin/env node
// The one file of the program in plain JavaScript: an older Node cannot even read the TypeScript beside it, and must
// still be able to say what is missing.
const NEEDED = 24
const major = Number(process.versions.node.split('.')[0])

if (major < NEEDED) {
  console.error(
    `Frostline needs Node ${NEEDED} or newer; this is Node ${process.versions.node}. Run it with "npm start", which brings its own.`,
  )
  process.exitCode = 1
} else {
  // What one start compiles, the next one finds here. It goes with the build.
  const { enableCompileCache } = await import('node:module')
  const { fileURLToPath } = await import('node:url')
  enableCompileCache(fileURLToPath(new URL('../dist/compiled', import.meta.url)))
  const { start } = await import('./start.ts')
  process.exitCode = await start(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    return 1
  })
  // Handles that only wait (the terminal's input) must not keep a finished program alive.
  process.exit()
}
