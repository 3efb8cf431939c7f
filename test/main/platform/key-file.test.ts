import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { temporaryFolder } from '../../support/web-shell.ts'

const modeOf = (path: string): number => statSync(path).mode & 0o777

describe('secrets with a key file', () => {
  it('come back after a restart, and are gone once removed', async () => {
    const folder = temporaryFolder()
    await keyFileSecrets(folder).set('site:one:edge', 'geheim ❄')
    const later = keyFileSecrets(folder)
    expect(await later.get('site:one:edge')).toBe('geheim ❄')
    await later.remove('site:one:edge')
    expect(await keyFileSecrets(folder).get('site:one:edge')).toBeNull()
  })

  it('lie in files of this account only, never in clear', async () => {
    const folder = temporaryFolder()
    const secrets = keyFileSecrets(folder)
    await secrets.set('site:one:edge', 'geheim')
    expect(modeOf(join(folder, 'secrets.key'))).toBe(0o600)
    expect(modeOf(join(folder, 'secrets.json'))).toBe(0o600)
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('geheim')
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain(Buffer.from('geheim').toString('base64'))
  })

  it('close a key that others could read', async () => {
    const folder = temporaryFolder()
    await keyFileSecrets(folder).set('a', 'b')
    chmodSync(join(folder, 'secrets.key'), 0o644)
    expect(await keyFileSecrets(folder).get('a')).toBe('b')
    expect(modeOf(join(folder, 'secrets.key'))).toBe(0o600)
  })

  it('are all kept when many are set at once', async () => {
    const secrets = keyFileSecrets(temporaryFolder())
    const names = Array.from({ length: 20 }, (_, index) => `name-${index}`)
    await Promise.all(names.map((name) => secrets.set(name, `value of ${name}`)))
    expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names.map((name) => `value of ${name}`))
  })

  it('refuse a changed value, a value moved to another name, and a lost key', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'secrets.json')
    await keyFileSecrets(folder).set('one', 'first')
    await keyFileSecrets(folder).set('two', 'second')
    const content: { version: 1; secrets: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'))
    const { one, two } = content.secrets
    writeFileSync(file, JSON.stringify({ version: 1, secrets: { one: two, two: `${two?.slice(0, -4)}AAA=` } }))
    await expect(keyFileSecrets(folder).get('one')).rejects.toThrow('The secret "one" cannot be read')
    await expect(keyFileSecrets(folder).get('two')).rejects.toThrow('Enter the secret again.')
    writeFileSync(file, JSON.stringify({ version: 1, secrets: { one } }))
    expect(await keyFileSecrets(folder).get('one')).toBe('first')
    rmSync(join(folder, 'secrets.key'))
    await expect(keyFileSecrets(folder).get('one')).rejects.toThrow('The secret "one" cannot be read')
  })

  it('say that a file is damaged without quoting it', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'secrets.json'), '{"half": "geheim')
    const error: unknown = await keyFileSecrets(folder)
      .get('x')
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('is damaged')
    expect(String(error)).not.toContain('geheim')
  })
})
