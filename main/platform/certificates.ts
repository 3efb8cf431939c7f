import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { AppError } from '#shared/errors.ts'

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * The certificates in a PEM file.
 *
 * @throws AppError `BAD_INPUT` with what is wrong with the file.
 */
export function readCertificates(file: string): string[] {
  const refuse = (sentence: string, fix: string) => new AppError('BAD_INPUT', sentence, { field: 'caFile', fix })
  if (!isAbsolute(file)) throw refuse('Name the whole path of the file.', 'It begins at the root of the disk.')
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
    throw refuse(`The CA file ${file} cannot be read (${code}).`, 'Check that it is there and may be read by you.')
  }
  const found = text.match(PEM) ?? []
  if (found.length === 0) {
    throw refuse(`There is no certificate in ${file}.`, 'It has to be a PEM file: text with BEGIN CERTIFICATE in it.')
  }
  for (const pem of found) {
    if (!isCertificate(pem)) throw refuse(`A certificate in ${file} is damaged.`, 'Ask for the file again.')
  }
  return found
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

let ofNode: readonly string[] | null = null

/** Has every connection over TLS of this thread trust these certificates as well. An empty list takes that back. */
export function trust(certificates: readonly string[]): void {
  if (ofNode === null && certificates.length === 0) return
  ofNode ??= getCACertificates('default')
  setDefaultCACertificates([...ofNode, ...certificates])
}
