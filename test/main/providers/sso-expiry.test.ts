import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ssoExpiry } from '#main/providers/cloudfront/sso-expiry.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frostline-aws-'))
  const cache = join(folder, 'sso', 'cache')
  mkdirSync(cache, { recursive: true })
  writeFileSync(
    join(folder, 'config'),
    `[default]\nregion = eu-central-1\n\n[profile work]\nsso_session = corp\nsso_account_id = 1\n
[profile old]\nsso_start_url = https://old.example/start\n\n[profile never]\nsso_start_url = https://never.example/start
[sso-session corp]\nsso_start_url = https://corp.example/start\n`,
  )
  const keep = (name: string, content: object | string) =>
    writeFileSync(join(cache, name), typeof content === 'string' ? content : JSON.stringify(content))
  keep('a.json', { startUrl: 'https://corp.example/start', accessToken: 'planted-token', expiresAt: '2026-11-21T15:00:00Z' })
  keep('b.json', { startUrl: 'https://corp.example/start', accessToken: 'planted-token', expiresAt: '2026-11-20T15:00:00Z' })
  keep('c.json', { startUrl: 'https://old.example/start', accessToken: 'planted-token', expiresAt: '2025-01-01T00:00:00UTC' })
  keep('d.json', { clientId: 'planted', expiresAt: '2027-01-01T00:00:00Z' })
  keep('e.json', 'no json')
})

describe('The end of a single sign-on', () => {
  test('is that of the newest sign-in of the profile’s session, with how to sign in again', async () => {
    expect(await ssoExpiry('work', folder)).toEqual({
      atMs: Date.parse('2026-11-21T15:00:00Z'),
      command: 'aws sso login --profile work',
    })
  })

  test('is told of a profile with an address of its own, too, and nothing of a token', async () => {
    const told = await ssoExpiry('old', folder)
    expect(told === null || Number.isFinite(told.atMs)).toBe(true)
    expect(JSON.stringify(told)).not.toContain('planted')
  })

  test.each(['default', 'never', 'unknown'])('is not known of %s', async (profile) => {
    expect(await ssoExpiry(profile, folder)).toBeNull()
  })

  test('is not known where AWS was never set up', async () => {
    expect(await ssoExpiry('work', join(folder, 'nowhere'))).toBeNull()
  })
})
