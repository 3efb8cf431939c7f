import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PREPARED_FOLDER } from './support/prepared-demo.ts'

/** Before a run of either kind of test: where its workers keep their prepared stacks and what their cores compiled. The answer ends it. */
export default function openPreparedFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-prepared-'))
  process.env[PREPARED_FOLDER] = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}
