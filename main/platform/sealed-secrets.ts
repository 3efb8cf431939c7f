import { readFile } from 'node:fs/promises'
import * as z from 'zod'
import { writePrivateFile } from './private-file.ts'
import type { Secrets } from './secrets.ts'

/** How one value is protected. `name` is bound into the seal where the method can, so that values cannot be swapped. */
export interface Seal {
  seal(name: string, value: string): Promise<string>
  /** `sealAgain` asks for a new seal, as after the system has changed its key. */
  open(name: string, sealed: string): Promise<{ readonly value: string; readonly sealAgain: boolean }>
  describe(): string
}

const SecretsFile = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.string()) })

/** Secrets in one file (mode 0600), each value sealed on its own. Writes are one after the other and atomic. */
export function sealedSecrets(file: string, seal: Seal): Secrets {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
  const open: Seal['open'] = async (name, sealed) => {
    try {
      return await seal.open(name, sealed)
    } catch (cause) {
      throw new Error(
        `The secret "${name}" cannot be read: ${file} or its key was changed or comes from another account. ` +
          'Enter the secret again.',
        { cause },
      )
    }
  }
  const write = (secrets: ReadonlyMap<string, string>): Promise<void> =>
    writePrivateFile(file, `${JSON.stringify({ version: 1, secrets: Object.fromEntries(secrets) }, null, 2)}\n`)

  return {
    describe: async () => seal.describe(),
    get: (name) =>
      inTurn(async () => {
        const secrets = await read(file)
        const sealed = secrets.get(name)
        if (sealed === undefined) return null
        const { value, sealAgain } = await open(name, sealed)
        if (sealAgain) await write(secrets.set(name, await seal.seal(name, value)))
        return value
      }),
    set: (name, value) =>
      inTurn(async () => {
        const secrets = await read(file)
        await write(secrets.set(name, await seal.seal(name, value)))
      }),
    remove: (name) =>
      inTurn(async () => {
        const secrets = await read(file)
        if (secrets.delete(name)) await write(secrets)
      }),
  }
}

async function read(file: string): Promise<Map<string, string>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map()
    throw error
  }
  try {
    return new Map(Object.entries(SecretsFile.parse(JSON.parse(text)).secrets))
  } catch {
    // The cause is left out on purpose: a parser's message may quote the file.
    throw new Error(`${file} is damaged. Move it away and enter the secrets again.`)
  }
}
