import { AppError } from '#shared/errors.ts'
import type { DataView, RescueNote } from '#shared/upkeep.ts'
import type { NetworkView } from '#shared/network.ts'
import { listBackups } from '#main/platform/backups.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { basename } from '#main/platform/folders.ts'
import { lastLogLines } from '#main/platform/log-lines.ts'
import { forgetRescue, readRescue } from '#main/platform/rescue.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Shell } from '#main/platform/shell-port.ts'
import type { TableSize } from '#main/platform/table-sizes.ts'
import { zip } from '#main/platform/zip.ts'
import { makeParts } from './bundle.ts'
import { nextBackupAtMs } from './daily-backup.ts'

const LOG_LINES = 10_000

export interface UpkeepWorld {
  readonly db: Database
  readonly clock: Clock
  readonly dataFolder: string
  readonly logFolder: string
  readonly version: string
  readonly secrets: Secrets
  readonly shell: Shell
  readonly clean: (text: string) => string
  readonly readTableSizes: () => Promise<readonly TableSize[]>
  /** The new file; null where the disk has no room for it. */
  readonly backUp: () => Promise<string | null>
  /** Since when the database is known to be damaged; null while it is not. */
  readonly damage: () => { readonly sinceMs: number } | null
  readonly readNetwork: () => Promise<NetworkView>
}

export type Upkeep = ReturnType<typeof createUpkeep>

/** The data folder and the log, as an owner sees them. */
export function createUpkeep(world: UpkeepWorld) {
  const { db, clock, dataFolder, logFolder, shell, clean } = world
  const startedAtMs = clock()
  const pragma = (name: string) => Number(db.raw.pragma(name, { simple: true }))

  async function view(): Promise<DataView> {
    return {
      dataFolder,
      logFolder,
      opensFolders: shell.openFolder !== null,
      vault: await world.secrets.describe(),
      schemaVersion: pragma('user_version'),
      databaseBytes: pragma('page_count') * pragma('page_size'),
      tables: [...(await world.readTableSizes())],
      nextBackupAtMs: nextBackupAtMs(dataFolder, startedAtMs),
      backups: listBackups(dataFolder).map(({ file, ...backup }) => ({ ...backup, name: basename(file) })),
    }
  }

  return {
    view,
    rescue: (): RescueNote | null => readRescue(dataFolder),
    damage: world.damage,
    forgetRescue: () => forgetRescue(dataFolder),
    async backUp(): Promise<DataView> {
      if ((await world.backUp()) === null) {
        throw new AppError('CONFLICT', 'The disk has no room for a copy of the database.', {
          fix: 'A copy needs as much free space as the database twice. Free some and try again.',
          retryable: true,
        })
      }
      return view()
    },
    async openLogs(): Promise<void> {
      if (shell.openFolder) return shell.openFolder(logFolder)
      throw new AppError('CONFLICT', 'The folder can only be shown where Frostline has a window of its own.', {
        fix: `It is ${logFolder} on the machine where Frostline runs.`,
        retryable: false,
      })
    },
    log: (): string => clean(lastLogLines(logFolder, 'core', LOG_LINES).join('\n')),
    async bundle(withAddresses: boolean) {
      const { tables, dataFolder: _folder, logFolder: _logs, ...data } = await view()
      const network = await world.readNetwork()
      const facts = { ...data, network, rescue: readRescue(dataFolder) }
      const parts = makeParts({ ...world, facts, hosts: hostsOfNetwork(network), tables }, withAddresses)
      const atMs = clock()
      const day = new Date(atMs).toISOString().slice(0, 10)
      const archive = zip(
        parts.map(({ name, text }) => ({ name, content: text })),
        atMs,
      )
      return { fileName: `frostline-diagnostics-${day}.zip`, parts, zipBase64: archive.toString('base64') }
    },
  }
}

function hostsOfNetwork({ settings, inEffect }: NetworkView): string[] {
  const proxies = [settings.proxy, inEffect.http?.address ?? '', inEffect.https?.address ?? '']
  return [...proxies, ...settings.noProxy.split(/[,;\s]+/), ...inEffect.noProxy.split(/[,;\s]+/)].filter(
    (host) => host.length > 3,
  )
}
