import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { SourceSettings, type SourceKind } from '#shared/hook-sources.ts'
import type { Client } from './core-client.ts'

/** Sends a body to the receiver as a content system does. */
export async function deliver(
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string; headers: Headers }> {
  const answer = await fetch(address, { method: 'POST', body, headers })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

/** Adds a source with what its kind comes with, less the ready rules. */
export function addSource(
  client: Client,
  siteId: string,
  kind: SourceKind,
  settings: Partial<SourceSettings> = {},
  secret?: string,
) {
  return client.hooks.addSource({
    siteId,
    kind,
    name: kind,
    settings: SourceSettings.parse(settings),
    withRules: false,
    ...(secret === undefined ? {} : { secret }),
  })
}

/** The signature of GitHub, made without its package. */
export const githubSignature = (secret: string, body: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

export const dataOf = (file: string): string => readFileSync(file, 'latin1')
