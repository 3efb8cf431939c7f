import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../../main/frostline.js', import.meta.url))

function start(argv: readonly string[], nodeOptions: readonly string[] = []) {
  return spawnSync(process.execPath, [...nodeOptions, PROGRAM, ...argv], { encoding: 'utf8' })
}

describe('the program', () => {
  it('explains itself', () => {
    const { status, stdout } = start(['--help'])
    expect(status).toBe(0)
    for (const option of ['--browser', '--no-open', '--data', '--port', '--no-demo']) expect(stdout).toContain(option)
  })

  it('refuses an unknown option in one line', () => {
    const { status, stdout, stderr } = start(['--browsr'])
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toBe("Unknown option '--browsr'. npm start -- --help lists the options.\n")
  })

  it('refuses an older Node in one line, before it reads any TypeScript', () => {
    const older = `data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"20.1.0"}})`
    const { status, stderr } = start([], ['--no-strip-types', '--import', older])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^Frostline needs Node 24 or newer; this is Node 20\.1\.0\.[^\n]*\n$/)
  })
})
