#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// Plays the installed browser: follows the redirect file, signs in, stays until it is ended. Its arguments are kept
// beside the profile for the test to look at.
const value = (name: string): string =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''
writeFileSync(`${value('user-data-dir')}.json`, JSON.stringify(process.argv.slice(2)))
const page = readFileSync(fileURLToPath(value('app')), 'utf8')
const address = new URL(JSON.parse(/location\.replace\((".*")\)/.exec(page)?.[1] ?? '""'))
await fetch(new URL('/session', address), {
  method: 'POST',
  headers: { origin: address.origin, 'content-type': 'application/json' },
  body: JSON.stringify({ token: address.hash.replace('#token=', '') }),
})
setInterval(() => undefined, 1_000)
