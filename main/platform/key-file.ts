import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from './private-file.ts'
import { sealedSecrets, type Seal } from './sealed-secrets.ts'
import type { Secrets } from './secrets.ts'

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Secrets in the data folder: `secrets.json`, sealed with AES-256-GCM by the key in `secrets.key`. It keeps secrets out
 * of copies of single files and out of other accounts' reach; it does not keep them from the person's own programs.
 */
export function keyFileSecrets(folder: string): Secrets {
  let key: Promise<Buffer> | undefined
  const file = join(folder, 'secrets.key')
  const seal: Seal = {
    describe: () => 'key file (mode 0600)',
    seal: async (name, value) => encrypt(await (key ??= readOrMakeKey(file)), name, value),
    open: async (name, sealed) => {
      const value = decrypt(await (key ??= readOrMakeKey(file)), name, sealed)
      return { value, sealAgain: false }
    },
  }
  return sealedSecrets(join(folder, 'secrets.json'), seal)
}

/** The data folder is held by one process, so nobody else makes a key at the same time. */
async function readOrMakeKey(file: string): Promise<Buffer> {
  try {
    const key = await readFile(file)
    await chmod(file, 0o600)
    if (key.length !== KEY_BYTES) throw new Error(`${file} is damaged: it must hold ${KEY_BYTES} bytes.`)
    return key
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  const key = randomBytes(KEY_BYTES)
  await writePrivateFile(file, key)
  return key
}

/** The name is authenticated with the value: one secret's bytes never open under another's name. */
function encrypt(key: Buffer, name: string, value: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

function decrypt(key: Buffer, name: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(tag)
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
}
