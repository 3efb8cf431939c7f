import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { isRecord, isText } from './state.ts'

export interface KeyPair {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What a panel stores about the demo. It outlives a reset, so that an imported site file stays valid. */
export interface Identity {
  readonly distributionId: string
  readonly emptyDistributionId: string
  readonly credentials: KeyPair
  /** Its policy denies reading cache policies. */
  readonly restrictedCredentials: KeyPair
  readonly hookSecret: string
  /** In the address of the renderer's entries. */
  readonly rendererSecret: string
}

const upperCase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Reads the identity, or makes one; the file is readable by its owner only. */
export function readIdentity(file: string): Identity {
  const stored = parseIdentity(file)
  const rendererSecret = stored?.rendererSecret ?? randomBytes(12).toString('hex')
  if (stored?.rendererSecret !== undefined) return { ...stored, rendererSecret }
  const identity: Identity = {
    distributionId: `E${randomLetters(13)}`,
    emptyDistributionId: `E${randomLetters(13)}`,
    credentials: newKeyPair(),
    restrictedCredentials: newKeyPair(),
    hookSecret: randomBytes(12).toString('hex'),
    ...stored,
    rendererSecret,
  }
  writeFileSync(file, JSON.stringify(identity), { mode: 0o600 })
  return identity
}

/** Upper-case letters and digits in the manner of AWS identifiers. */
export function randomLetters(count: number): string {
  return Array.from({ length: count }, () => upperCase.charAt(randomInt(upperCase.length))).join('')
}

function newKeyPair(): KeyPair {
  return { accessKeyId: `AKIA${randomLetters(16)}`, secretAccessKey: randomBytes(30).toString('base64') }
}

/** Files from before the renderer name no secret for it. */
type StoredIdentity = Omit<Identity, 'rendererSecret'> & { readonly rendererSecret?: string }

function parseIdentity(file: string): StoredIdentity | null {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  const { distributionId, emptyDistributionId, hookSecret } = value
  const credentials = parseKeyPair(value['credentials'])
  const restrictedCredentials = parseKeyPair(value['restrictedCredentials'])
  if (!isText(distributionId) || !isText(emptyDistributionId) || !isText(hookSecret)) return null
  if (credentials === null || restrictedCredentials === null) return null
  const { rendererSecret } = value
  const secret = isText(rendererSecret) ? { rendererSecret } : {}
  return { distributionId, emptyDistributionId, hookSecret, credentials, restrictedCredentials, ...secret }
}

function parseKeyPair(value: unknown): KeyPair | null {
  if (!isRecord(value)) return null
  const { accessKeyId, secretAccessKey } = value
  return isText(accessKeyId) && isText(secretAccessKey) ? { accessKeyId, secretAccessKey } : null
}
