import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Puts a browser named `chromium` into the folder: a few lines that run under the Node of the tests. Its process id is in `pid`. */
export function fakeBrowser(folder: string, program = fileURLToPath(new URL('fake-browser.ts', import.meta.url))): string {
  const path = join(folder, 'chromium')
  writeFileSync(path, `#!/bin/sh\necho $$ > '${folder}/pid'\nexec '${process.execPath}' '${program}' "$@"\n`)
  chmodSync(path, 0o755)
  return path
}
