import { readIdentity, type KeyPair } from './platform/identity.ts'
import { emptyFolders, takeDataFolder, type DataFolder } from './platform/data-folder.ts'
import { emptyDatabase, openDatabase } from './platform/database.ts'
import { openPorts, type OpenPorts } from './platform/ports.ts'
import { urlsAt, writeSiteFile, type DemoUrls } from './platform/site-file.ts'
import { defaultTimings, type Timings } from './platform/timers.ts'
import { zonesAt } from './platform/zones.ts'
import { assembleDemo } from './assemble-demo.ts'
import { isFilled } from './first-start.ts'

export interface StartOptions {
  readonly dataFolder: string
  /** The first of seven ports in a row; 0: any free ports; absent: those of the last start, else from 4180. */
  readonly firstPort?: number
  readonly log?: (line: string) => void
  readonly timings?: Partial<Timings>
  /** An address that answers for releases that this demo has not built: `/releases/ID/…` below it. */
  readonly bucketOrigin?: string
  /** Begin as on the first start, with the same addresses and credentials. */
  readonly reset?: boolean
}

export interface RunningDemo {
  /** What a control panel imports. */
  readonly siteFile: string
  readonly urls: DemoUrls
  readonly distributionId: string
  /** A distribution without zones and without `CacheTagConfig`. */
  readonly emptyDistributionId: string
  readonly credentials: KeyPair
  /** May not read cache policies. */
  readonly restrictedCredentials: KeyPair
  readonly controlsUrl: string
  close(): Promise<void>
}

/**
 * Starts the demo in this process and resolves once it can be used: at the first start after its past is built, later
 * as soon as the servers listen.
 *
 * @throws FolderHeldError when another demo uses the folder.
 */
export async function startDemo(options: StartOptions): Promise<RunningDemo> {
  const folder = takeDataFolder(options.dataFolder)
  try {
    const opened = await openPorts(folder.portsFile, options.firstPort ?? null)
    return await startOn(folder, opened, options)
  } catch (error) {
    folder.release()
    throw error
  }
}

async function startOn(folder: DataFolder, opened: OpenPorts, options: StartOptions): Promise<RunningDemo> {
  const { servers, ports } = opened
  const log = options.log ?? ((): void => undefined)
  const identity = readIdentity(folder.identityFile)
  const zones = zonesAt(ports.fra56)
  const database = openDatabase(folder.databaseFile)
  const timings = { ...defaultTimings, ...options.timings }
  const empty = (): void => {
    emptyDatabase(database)
    emptyFolders(folder)
  }
  const { bucketOrigin } = options
  const demo = assembleDemo({ database, folder, servers, ports, zones, identity, timings, log, empty, bucketOrigin })
  const close = async (): Promise<void> => {
    await demo.close()
    await Promise.all(Object.values(servers).map((server) => server.stop()))
    database.close()
    folder.release()
  }
  try {
    if (options.reset === true || !isFilled(demo.firstStart.state)) {
      await demo.reset()
    } else {
      demo.resume()
      if (opened.moved) demo.adoptNewPorts()
    }
  } catch (error) {
    await close()
    throw error
  }
  const urls = urlsAt(ports, zones, identity)
  writeSiteFile(folder.siteFile, zones, urls, identity)
  return {
    siteFile: folder.siteFile,
    urls,
    distributionId: identity.distributionId,
    emptyDistributionId: identity.emptyDistributionId,
    credentials: identity.credentials,
    restrictedCredentials: identity.restrictedCredentials,
    controlsUrl: urls.controls,
    close,
  }
}
