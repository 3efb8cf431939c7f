import { join } from 'node:path'
import { safeStorage } from 'electron'
import * as z from 'zod'
import { keyFileSecrets } from '../platform/key-file.ts'
import { sealedSecrets, type Seal } from '../platform/sealed-secrets.ts'
import type { Secrets } from '../platform/secrets.ts'

const VAULTS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'macOS Keychain', win32: 'Windows data protection' }
/** The name is sealed with the value: one secret's bytes never open under another's name. */
const Sealed = z.object({ name: z.string(), value: z.string() })

/**
 * Secrets sealed by the operating system. Where it has no vault, the key file of the browser shell is used, and said.
 * What the browser shell stored in this folder is read too, since both shells open the same panel.
 */
export async function desktopSecrets(folder: string): Promise<Secrets> {
  const keyFile = keyFileSecrets(folder)
  const vault = await vaultName()
  if (!vault) {
    const describe = async (): Promise<string> => `${await keyFile.describe()}, because this system offers no vault`
    return { ...keyFile, describe }
  }
  const sealed = sealedSecrets(join(folder, 'secrets-desktop.json'), systemSeal(vault))
  return {
    describe: () => sealed.describe(),
    get: async (name) => (await sealed.get(name)) ?? keyFile.get(name),
    async set(name, value) {
      await sealed.set(name, value)
      if ((await keyFile.get(name)) !== null) await keyFile.remove(name)
    },
    async remove(name) {
      await sealed.remove(name)
      await keyFile.remove(name)
    },
  }
}

/** The system's vault by its name, or null where there is none or only one that hides nothing. */
async function vaultName(): Promise<string | null> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
  if (process.platform !== 'linux') return VAULTS[process.platform] ?? 'system vault'
  const backend = safeStorage.getSelectedStorageBackend()
  if (backend === 'basic_text' || backend === 'unknown') return null
  return backend === 'gnome_libsecret' ? 'GNOME keyring' : 'KWallet'
}

function systemSeal(vault: string): Seal {
  return {
    describe: () => vault,
    async seal(name, value) {
      const sealed = await safeStorage.encryptStringAsync(JSON.stringify({ name, value }))
      return sealed.toString('base64')
    },
    async open(name, sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))
      const content = Sealed.parse(JSON.parse(result))
      if (content.name !== name) throw new Error('The sealed value belongs to another secret.')
      return { value: content.value, sealAgain: shouldReEncrypt }
    },
  }
}
