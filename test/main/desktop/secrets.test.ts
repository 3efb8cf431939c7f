import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { desktopSecrets } from '#main/desktop/secrets.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import * as electron from '../../support/fake-electron.ts'
import { temporaryFolder } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

beforeEach(() => electron.reset())

describe('the desktop’s secrets', () => {
  it('are sealed by the system’s vault, which is named', async () => {
    const folder = temporaryFolder()
    const secrets = await desktopSecrets(folder)
    await secrets.set('one', 'geheim')
    expect(await (await desktopSecrets(folder)).get('one')).toBe('geheim')
    const file = join(folder, 'secrets-desktop.json')
    expect(readFileSync(file, 'utf8')).not.toContain('geheim')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    if (process.platform === 'linux') expect(await secrets.describe()).toBe('GNOME keyring')
  })

  it.each([
    ['there is no vault', { encryption: false }],
    ['the vault hides nothing', { backend: 'basic_text' }],
  ])('are in the key file, and say so, when %s', async (_name, answers) => {
    Object.assign(electron.answers, answers)
    const folder = temporaryFolder()
    const secrets = await desktopSecrets(folder)
    await secrets.set('one', 'geheim')
    expect(await secrets.describe()).toBe('key file (mode 0600), because this system offers no vault')
    expect(await keyFileSecrets(folder).get('one')).toBe('geheim')
  })

  it('include what the browser shell stored, until they are set or removed here', async () => {
    const folder = temporaryFolder()
    const keyFile = keyFileSecrets(folder)
    await keyFile.set('one', 'from the browser')
    await keyFile.set('two', 'from the browser')
    const secrets = await desktopSecrets(folder)
    expect(await secrets.get('one')).toBe('from the browser')
    await secrets.set('one', 'new')
    await secrets.remove('two')
    expect(await secrets.get('one')).toBe('new')
    expect(await secrets.get('two')).toBeNull()
    expect(await keyFile.get('one')).toBeNull()
  })
})
