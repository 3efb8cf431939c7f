import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Electron's own mark before its fuses, which the packer looks for: a version, their number, one character each. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A folder that the packer takes for Electron: it has the program's name and fuses, and cannot run. */
export function placeholderElectron(folder: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  const program = join(folder, 'electron')
  writeFileSync(program, Buffer.concat([Buffer.from(FUSES), Buffer.from([1, 9]), Buffer.from('101001001'), Buffer.alloc(64)]))
  chmodSync(program, 0o755)
  writeFileSync(join(folder, 'version'), '45.4.1')
  return folder
}

/** Runs a program of the project to its end. Throws with what it said. */
export function runTool(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const hear = (some: Buffer) => void (said = (said + some.toString()).slice(-4_000))
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with code ${code}:\n${said}`))))
  })
}
