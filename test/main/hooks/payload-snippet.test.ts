import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presetSettings } from '#shared/hook-sources.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { addSource } from '../../support/hooks.ts'

const PAGE = new URL('../../../docs/hooks/payload.md', import.meta.url)
const CALL = `
await afterChange({ collection: { slug: 'pages' }, doc: { id: 7, slug: 'about', _status: 'published' }, operation: 'update' } as never)
`
let core: RunningCore
let folder: string
let siteId: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frostline-payload-'))
  core = await startTestCore()
  const site = { name: 'Example', zones: [{ url: 'http://www.example.com' }], edge: { kind: 'any-cache' as const } }
  ;({ siteId } = await core.client.sites.add({ ...site, watchSeconds: 86_400 }))
})
afterAll(async () => {
  await core.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the documented snippet is taken by a source as the dialog makes it', async () => {
  const source = await addSource(core.client, siteId, 'hmac', presetSettings('hmac'))
  const [, snippet = ''] = /```ts\n(\/\/ frostline\.ts\n.*?)```/s.exec(readFileSync(PAGE, 'utf8')) ?? []
  const file = join(folder, 'frostline.mts')
  writeFileSync(file, snippet + CALL)
  const told = await run(file, { FROSTLINE_ADDRESS: source.address, FROSTLINE_SECRET: source.secret })
  expect(told).toEqual({ code: 0, said: '' })
  const rows = await eventually(
    async () => (await core.client.hooks.deliveries({ siteId })).rows,
    ([row]) => row?.state === 'done',
  )
  expect(rows).toMatchObject([{ event: 'published', type: 'pages', contentId: '7' }])
}, 60_000)

/** Runs the snippet in a process of its own, as a content system does; what it complains of. */
function run(file: string, env: Readonly<Record<string, string>>): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', file], { env: { ...process.env, ...env }, timeout: 20_000 })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said }))
  })
}
