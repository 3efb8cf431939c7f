#!/usr/bin/env node
// The one file of the demo in plain JavaScript: an older Node cannot even read the TypeScript beside it, and must still
// be able to say what is missing.
const NEEDED = 24

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  console.error(
    `The demo needs Node ${NEEDED} or newer; this is Node ${process.versions.node}. Run it with "npm run demo", which brings its own.`,
  )
  process.exitCode = 1
} else {
  await import('./main.ts')
}
