import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readGrowingLog, writeGrowingLog } from '#main/platform/growing-log.ts'
import { cleanEnvironment, findProgram, loginPath } from '#main/platform/login-shell.ts'
import { killGroup, processMark, runProgram, type RunEnd, type RunOptions } from '#main/platform/run-program.ts'
import { eventually } from '../../support/core-client.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frostline-run-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(command: string, more: Partial<RunOptions> = {}): Promise<{ end: RunEnd; lines: string[] }> {
  const lines: string[] = []
  const never = new AbortController().signal
  const end = await runProgram({
    command,
    cwd: folder,
    env: await cleanEnvironment([], { KNOWN: 'yes' }),
    onLine: (line) => void lines.push(line),
    cancelled: never,
    stopped: never,
    timeoutMs: 60_000,
    ...more,
  })
  return { end, lines }
}

const runs = (pid: number) => {
  try {
    // A process that has ended and was not waited for still has an id.
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('A program', () => {
  test('tells its lines from both outputs in order, without colours, and its code', async () => {
    const { end, lines } = await run(`printf '\\033[31mred\\033[0m\\n'; echo wrong >&2; printf '10%%\\r20%%\\nlast'; exit 3`)
    expect(lines).toEqual(['red', 'wrong', '10%', '20%', 'last'])
    expect(end).toEqual({ kind: 'ended', code: 3 })
  })

  test('sees the home, a PATH and what it was given, and nothing of ours', async () => {
    process.env['FROSTLINE_PLANTED'] = 'planted'
    const { lines } = await run('env')
    delete process.env['FROSTLINE_PLANTED']
    const names = lines.map((line) => line.split('=', 1)[0])
    expect(names).toEqual(expect.arrayContaining(['HOME', 'PATH', 'LANG', 'CI', 'KNOWN']))
    expect(lines.join('\n')).not.toMatch(/planted|VITEST|npm_/i)
    expect(await loginPath()).not.toContain('node_modules')
  })

  test('that is cancelled ends with all that it has started', async () => {
    const cancel = new AbortController()
    const pids: number[] = []
    const { end } = await run('sleep 300 & echo $!; sh -c "sleep 300 & echo \\$!; wait"', {
      cancelled: cancel.signal,
      onLine: (line) => {
        pids.push(Number(line))
        if (pids.length === 2) cancel.abort()
      },
    })
    expect(end).toEqual({ kind: 'cancelled' })
    expect(pids).toHaveLength(2)
    await eventually(
      async () => pids.filter(runs),
      (left) => left.length === 0,
    )
  })

  test('that takes too long is ended', async () => {
    expect((await run('sleep 300', { timeoutMs: 100 })).end).toEqual({ kind: 'timed out' })
  })

  test('that leaves something behind does not hold us up', async () => {
    expect((await run('sleep 300 & echo done')).end).toEqual({ kind: 'ended', code: 0 })
  })

  test('in a folder that is gone is missing, in a sentence', async () => {
    const { end } = await run('echo hello', { cwd: join(folder, 'gone') })
    expect(end.kind).toBe('missing')
  })

  test('is told from a later one with the same id', async () => {
    let mark: string | null = null
    let pid = 0
    const { end } = await run('sleep 300', {
      onStart: async (started) => {
        pid = started
        mark = await processMark(started)
        expect(await processMark(started)).toBe(mark)
        await killGroup(started, 'SIGKILL')
      },
    })
    expect(end.kind).toBe('killed')
    expect(mark).not.toBeNull()
    expect(await processMark(pid)).not.toBe(mark)
  })

  test('is found on a PATH by its name, and by its place', async () => {
    const path = await loginPath()
    const sh = await findProgram('sh', path, folder)
    expect(sh).toMatch(/sh$/)
    expect(await findProgram(sh ?? '', path, folder)).toBe(sh)
    expect(await findProgram('no-such-generator', path, folder)).toBeNull()
  })
})

test('A log is read while it grows, by two readers, to its end', async () => {
  const file = join(folder, 'build.log')
  const log = writeGrowingLog(file)
  const never = new AbortController().signal
  const read = async () => {
    const lines: string[] = []
    for await (const line of readGrowingLog(file, log, never)) lines.push(line)
    return lines
  }
  await log.append('first')
  const readers = [read(), read()]
  for (let at = 0; at < 100; at += 1) await log.append(`line ${at} …`)
  await log.close()
  const expected = ['first', ...Array.from({ length: 100 }, (_, at) => `line ${at} …`)]
  expect(await Promise.all(readers)).toEqual([expected, expected])
  const later: string[] = []
  for await (const line of readGrowingLog(file, null, never)) later.push(line)
  expect(later).toEqual(expected)
})
