import { randomUUID } from 'node:crypto'
import { signRequest } from '@contentful/node-apps-toolkit'
import { sign as signGithub } from '@octokit/webhooks-methods'
import { encodeSignatureHeader } from '@sanity/webhook'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SourceReveal } from '#shared/hook-sources.ts'
import { startTestCore, type RunningCore } from '../../support/core-client.ts'
import { addSource, deliver } from '../../support/hooks.ts'

let core: RunningCore
let siteId: string
const BODY = JSON.stringify({ _id: 'menu-1', _type: 'menu', slug: 'main-menu', name: 'Frühling 🍭' })

beforeAll(async () => {
  core = await startTestCore()
  const site = { name: 'Example', zones: [{ url: 'http://www.example.com' }], edge: { kind: 'any-cache' as const } }
  ;({ siteId } = await core.client.sites.add({ ...site, watchSeconds: 86_400 }))
})
afterAll(() => core.close())

const stored = async (sourceId: string) =>
  (await core.client.hooks.deliveries({ siteId, sourceId, limit: 200 })).rows.filter(({ state }) => state !== 'refused').length

/** Sends something that must not be taken, and looks that nothing of it was. */
async function refused(
  source: SourceReveal,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<void> {
  const before = await stored(source.sourceId)
  const answer = await deliver(source.address, body, headers)
  expect(answer).toMatchObject({ status: 401, text: 'Not accepted\n' })
  expect(await stored(source.sourceId)).toBe(before)
}

describe('Contentful', () => {
  let source: SourceReveal
  const signed = (body = BODY, atMs = Date.now(), secret = source.secret, headers: Record<string, string> = {}) => ({
    'content-type': 'application/vnd.contentful.management.v1+json',
    'x-contentful-topic': 'ContentManagement.Entry.publish',
    ...headers,
    ...signRequest(secret, { method: 'POST', path: new URL(source.address).pathname, headers: { ...headers }, body }, atMs),
  })
  beforeAll(async () => {
    source = await addSource(core.client, siteId, 'contentful', { maxAgeSeconds: 30 })
  })

  test('a request that its own toolkit signed is taken, also with further signed headers', async () => {
    expect(await deliver(source.address, BODY, signed())).toMatchObject({ status: 202 })
    const more = signed(BODY, Date.now() + 1, source.secret, { 'x-contentful-space-id': 'abc', 'x-b': '  spaces ' })
    expect(await deliver(source.address, BODY, more)).toMatchObject({ status: 202 })
  })
  test('a secret that Contentful would not take is refused when the source is made', async () => {
    await expect(addSource(core.client, siteId, 'contentful', {}, 'only-twenty-letters-')).rejects.toThrow(/exactly 64/)
  })
  test('tampered bodies, headers, times, paths and secrets are refused', async () => {
    const headers = signed()
    await refused(source, `${BODY} `, headers)
    await refused(source, BODY, { ...headers, 'x-contentful-timestamp': String(Number(headers['x-contentful-timestamp']) + 1) })
    await refused(source, BODY, signed(BODY, Date.now(), 'x'.repeat(64)))
    await refused(source, BODY, { ...signed(BODY, Date.now(), source.secret, { 'x-b': '1' }), 'x-b': '2' })
    const elsewhere = signRequest(source.secret, { method: 'POST', path: '/in/elsewhere', headers: {}, body: BODY }, Date.now())
    await refused(source, BODY, { ...elsewhere })
  })
  test('what was signed 30 s ago is refused, and what was signed for the future', async () => {
    await refused(source, BODY, signed(BODY, Date.now() - 30_000))
    await refused(source, BODY, signed(BODY, Date.now() + 120_000))
  })
  test('wrongly encoded signatures are refused', async () => {
    const headers = signed()
    const hex = headers['x-contentful-signature']
    await refused(source, BODY, { ...headers, 'x-contentful-signature': hex.toUpperCase() })
    await refused(source, BODY, { ...headers, 'x-contentful-signature': Buffer.from(hex, 'hex').toString('base64') })
    await refused(source, BODY, { ...headers, 'x-contentful-signature': '' })
    const { 'x-contentful-signed-headers': _, ...without } = headers
    await refused(source, BODY, without)
  })
  test('a replay is answered and is not a new delivery, whatever idempotency key stands on it', async () => {
    const headers = signed()
    const before = await stored(source.sourceId)
    expect(await deliver(source.address, BODY, headers)).toMatchObject({ status: 202 })
    expect(await deliver(source.address, BODY, headers)).toMatchObject({ status: 200 })
    expect(await deliver(source.address, BODY, { ...headers, 'x-contentful-idempotency-key': randomUUID() })).toMatchObject({
      status: 200,
    })
    expect(await stored(source.sourceId)).toBe(before + 1)
  })
  test('behind a public address with a path, that path is the one that was signed', async () => {
    const { port, keepDays } = await core.client.hooks.receiver()
    await core.client.hooks.saveReceiver({ port: port ?? 0, keepDays, publicUrl: 'https://relay.example.com/frostline/' })
    const local = new URL(source.address).pathname
    const headers = signRequest(
      source.secret,
      { method: 'POST', path: `/frostline${local}`, headers: {}, body: BODY },
      Date.now() - 50,
    )
    const [base] = source.address.split('/in/')
    expect(await deliver(`${base}${local}`, BODY, { ...headers })).toMatchObject({ status: 202 })
    expect(await deliver(`${base}/frostline${local}`, BODY, { ...headers })).toMatchObject({ status: 200 })
    await core.client.hooks.saveReceiver({ port: port ?? 0, keepDays, publicUrl: null })
  })
  test('a repetition by the sender, signed anew with the same idempotency key, is known', async () => {
    const key = { 'x-contentful-idempotency-key': randomUUID() }
    expect(await deliver(source.address, BODY, { ...signed(BODY, Date.now() - 2), ...key })).toMatchObject({ status: 202 })
    expect(await deliver(source.address, BODY, { ...signed(BODY, Date.now() - 1), ...key })).toMatchObject({ status: 200 })
  })
})

describe('Sanity', () => {
  let source: SourceReveal
  const signed = async (body = BODY, atMs = Date.now(), secret = source.secret) => ({
    'sanity-operation': 'update',
    'sanity-webhook-signature': await encodeSignatureHeader(body, atMs, secret),
  })
  beforeAll(async () => {
    source = await addSource(core.client, siteId, 'sanity', { maxAgeSeconds: 3_600 })
  })

  test('a request that its own package signed is taken', async () => {
    expect(await deliver(source.address, BODY, await signed())).toMatchObject({ status: 202 })
  })
  test('tampered bodies, times and secrets are refused', async () => {
    const atMs = Date.now()
    const headers = await signed(BODY, atMs)
    await refused(source, BODY.replace('main', 'Main'), headers)
    const moved = headers['sanity-webhook-signature'].replace(String(atMs), String(atMs + 1))
    await refused(source, BODY, { ...headers, 'sanity-webhook-signature': moved })
    await refused(source, BODY, await signed(BODY, atMs, 'another secret that is long'))
  })
  test('what is older than was agreed is refused', async () => {
    await refused(source, BODY, await signed(BODY, Date.now() - 3_600_000))
  })
  test('base64 with padding, base64 of the other alphabet, hex and bytes that are no UTF-8 are refused', async () => {
    const headers = await signed()
    const [time, signature = ''] = headers['sanity-webhook-signature'].split(',v1=')
    const bytes = Buffer.from(signature, 'base64url')
    for (const wrong of [`${signature}=`, bytes.toString('base64'), bytes.toString('hex')])
      await refused(source, BODY, { ...headers, 'sanity-webhook-signature': `${time},v1=${wrong}` })
    await refused(source, Uint8Array.from(Buffer.from(BODY, 'latin1')), headers)
  })
  test('a replay is answered and is not a new delivery', async () => {
    const headers = await signed(BODY, Date.now() - 5)
    const before = await stored(source.sourceId)
    expect(await deliver(source.address, BODY, headers)).toMatchObject({ status: 202 })
    expect(await deliver(source.address, BODY, { ...headers, 'idempotency-key': randomUUID() })).toMatchObject({ status: 200 })
    expect(await stored(source.sourceId)).toBe(before + 1)
  })
})

describe('GitHub', () => {
  let source: SourceReveal
  const body = (after = randomUUID()) => JSON.stringify({ ref: 'refs/heads/main', after })
  const signed = async (text: string, secret = source.secret) => ({
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': await signGithub(secret, text),
  })
  beforeAll(async () => {
    source = await addSource(core.client, siteId, 'github')
  })

  test('a request that its own package signed is taken', async () => {
    const text = body()
    expect(await deliver(source.address, text, await signed(text))).toMatchObject({ status: 202 })
  })
  test('tampered bodies, other secrets, the old SHA-1 header and other encodings are refused', async () => {
    const text = body()
    const headers = await signed(text)
    const hex = headers['x-hub-signature-256'].slice(7)
    await refused(source, `${text}\n`, headers)
    await refused(source, text, await signed(text, 'another secret that is long'))
    for (const wrong of [
      hex,
      `sha256=${hex.toUpperCase()}`,
      `sha256=${Buffer.from(hex, 'hex').toString('base64')}`,
      `sha1=${hex}`,
    ])
      await refused(source, text, { ...headers, 'x-hub-signature-256': wrong })
  })
  test('a recorded push that is sent again under another delivery id is known', async () => {
    const text = body()
    const headers = await signed(text)
    expect(await deliver(source.address, text, headers)).toMatchObject({ status: 202 })
    expect(await deliver(source.address, text, { ...headers, 'x-github-delivery': randomUUID() })).toMatchObject({ status: 200 })
  })
})

describe('any other sender', () => {
  test('a fixed header is compared whole, and is in no stored delivery', async () => {
    const source = await addSource(core.client, siteId, 'header', { header: 'authorization', prefix: 'Bearer' })
    await refused(source, BODY, { authorization: source.secret })
    await refused(source, BODY, { authorization: `Bearer${source.secret.slice(1)}` })
    await refused(source, BODY, {})
    expect(
      await deliver(source.address, BODY, { authorization: `Bearer${source.secret}`, 'x-strapi-event': 'entry.publish' }),
    ).toMatchObject({ status: 202 })
    const [row] = (await core.client.hooks.deliveries({ siteId, sourceId: source.sourceId })).rows
    const detail = await core.client.hooks.delivery({ deliveryId: row?.id ?? 0 })
    expect(JSON.stringify(detail.headers)).not.toContain(source.secret)
    expect(detail.headers).toContainEqual(['x-strapi-event', 'entry.publish'])
  })
  test('a signed time makes a recorded delivery useless after a while, and a repetition known', async () => {
    const { createHmac } = await import('node:crypto')
    const source = await addSource(core.client, siteId, 'hmac', {
      timestampHeader: 'x-timestamp',
      prefix: 'sha256=',
      maxAgeSeconds: 300,
    })
    const signed = (atMs: number) => ({
      'x-timestamp': String(atMs),
      'x-signature': `sha256=${createHmac('sha256', source.secret).update(`${atMs}.${BODY}`).digest('hex')}`,
    })
    const nowMs = Date.now()
    expect(await deliver(source.address, BODY, signed(nowMs))).toMatchObject({ status: 202 })
    expect(await deliver(source.address, BODY, signed(nowMs))).toMatchObject({ status: 200 })
    await refused(source, BODY, signed(nowMs - 300_000))
    await refused(source, BODY, { ...signed(nowMs), 'x-timestamp': String(nowMs - 1) })
    await refused(source, BODY, { 'x-signature': signed(nowMs)['x-signature'] })
  })
})
