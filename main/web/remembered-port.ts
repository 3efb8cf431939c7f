import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { writePrivateFile } from '../platform/private-file.ts'
import type { Door } from './door.ts'
import { startPanelServer, type PanelServer, type PanelServerOptions } from './panel-server.ts'

const Remembered = z.object({ port: z.int().min(1).max(65_535) })

/**
 * Starts the panel's server on the port that was asked for, else on the last one, else on a free one. The port is part
 * of the page's origin: what the browser keeps for the panel is found again only there.
 */
export async function startOnPort(
  dataFolder: string,
  wanted: number | undefined,
  options: Omit<PanelServerOptions, 'door'> & { readonly door: Omit<Door, 'port'> },
): Promise<PanelServer> {
  const on = (port: number) => ({ ...options, door: { ...options.door, port } })
  if (wanted !== undefined) return startPanelServer(on(wanted))
  const file = join(dataFolder, 'web-port.json')
  const server = await startPanelServer(on(await lastPort(file))).catch((error: unknown) => {
    if (isTaken(error)) return startPanelServer(on(0))
    throw error
  })
  await writePrivateFile(file, JSON.stringify({ port: server.port }))
  return server
}

/** Whether a server failed to start because another program has the port, or may not have it. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')
}

async function lastPort(file: string): Promise<number> {
  try {
    return Remembered.parse(JSON.parse(await readFile(file, 'utf8'))).port
  } catch {
    return 0
  }
}
