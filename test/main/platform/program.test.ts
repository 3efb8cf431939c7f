import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { silentLog } from '#main/platform/log.ts'
import { keepRunning } from '#main/platform/program.ts'
import { eventually } from '../../support/core-client.ts'

let stop = new AbortController()
afterEach(() => {
  stop.abort()
  stop = new AbortController()
})

function program(text: string) {
  const script = join(mkdtempSync(join(tmpdir(), 'frostline-program-')), 'program.mjs')
  writeFileSync(script, text)
  const lines: string[] = []
  const exits: string[] = []
  const ended = keepRunning({
    script,
    args: ['one', 'two words'],
    log: silentLog,
    stopped: stop.signal,
    onLine: (line) => lines.push(line),
    onExit: (reason) => exits.push(reason),
  })
  return { lines, exits, ended }
}
const isGone = (pid: number) => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

test('A program gets its arguments, is heard line by line, and ends with the stop', async () => {
  const { lines, exits, ended } = program(
    `console.log(process.pid); console.log(process.argv.slice(2).join('|')); setInterval(() => {}, 1000)`,
  )
  await eventually(
    async () => lines.length,
    (count) => count === 2,
  )
  expect(lines[1]).toBe('one|two words')
  expect(isGone(Number(lines[0]))).toBe(false)
  stop.abort()
  await ended
  expect([exits, isGone(Number(lines[0]))]).toEqual([[], true])
})

test('A program that ends by itself is started again, and its last words are the reason', async () => {
  const { lines, exits } = program(`console.log('up'); console.error('no space left'); process.exit(3)`)
  await eventually(
    async () => lines.length,
    (count) => count === 2,
  )
  expect(exits[0]).toBe('no space left')
})

test('A program that cannot start is a reason, not a crash', async () => {
  const { exits } = program('this is no program')
  await eventually(
    async () => exits.length,
    (count) => count === 1,
  )
  expect(exits[0]).toMatch(/\S/)
})

test('A program ends with us, even when we are killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-program-'))
  const [script, keeper, pidFile] = ['program.mjs', 'keeper.mjs', 'pid'].map((name) => join(folder, name))
  const source = (name: string) => new URL(`../../../main/platform/${name}`, import.meta.url).href
  writeFileSync(
    script ?? '',
    `import { writeFileSync } from 'node:fs'
    process.stdin.on('end', () => process.exit()).resume()
    writeFileSync(${JSON.stringify(pidFile)}, String(process.pid))`,
  )
  writeFileSync(
    keeper ?? '',
    `import { keepRunning } from ${JSON.stringify(source('program.ts'))}
    import { silentLog } from ${JSON.stringify(source('log.ts'))}
    void keepRunning({ script: ${JSON.stringify(script)}, args: [], log: silentLog, stopped: new AbortController().signal, onLine() {}, onExit() {} })`,
  )
  const child = spawn(process.execPath, [keeper ?? ''], { stdio: 'ignore' })
  const pid = Number(
    await eventually(
      async () => (existsSync(pidFile ?? '') ? readFileSync(pidFile ?? '', 'utf8') : ''),
      (text) => text !== '',
    ),
  )
  expect(isGone(pid)).toBe(false)
  child.kill('SIGKILL')
  await eventually(
    async () => isGone(pid),
    (gone) => gone,
  )
})
