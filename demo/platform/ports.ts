import { readFileSync, writeFileSync } from 'node:fs'
import { hasCode, LocalServer } from './local-server.ts'
import { isRecord } from './state.ts'

/** The seven servers, in the order of their ports. */
export const portNames = ['fra56', 'lhr61', 'origin', 'control', 'builder', 'controls', 'renderer'] as const

export type PortName = (typeof portNames)[number]
export type Ports = Readonly<Record<PortName, number>>
export type Servers = Readonly<Record<PortName, LocalServer>>

export interface OpenPorts {
  readonly servers: Servers
  readonly ports: Ports
  /** The ports of the last start differ: addresses in built pages are out of date. */
  readonly moved: boolean
}

const rowsToTry = 50
const rowDistance = 10

/**
 * Listens on the row of ports that the data folder remembers, else on the first free row. The row is remembered, so that
 * URLs stay the same from start to start.
 *
 * @param firstPort the first of seven ports in a row; 0 lets the system choose seven; null: the remembered ones, else 4180.
 * @throws when 50 rows are taken.
 */
export async function openPorts(file: string, firstPort: number | null): Promise<OpenPorts> {
  const remembered = readPorts(file)
  const wanted = firstPort === null || firstPort === 0 ? remembered : null
  const opened =
    (wanted === null ? null : await tryPorts(wanted)) ??
    (firstPort === 0 ? await firstFreeRow(0, 0) : await firstFreeRow(firstPort ?? remembered?.fra56 ?? 4180, 1))
  if (opened === null) throw new Error('No free row of ports was found.')
  const ports = portsOf(opened)
  writeFileSync(file, JSON.stringify(ports))
  const moved = remembered !== null && portNames.some((name) => remembered[name] !== ports[name])
  return { servers: opened, ports, moved }
}

/** @param step 1 for ports in a row; 0 with the first port 0 for seven ports that the system chooses. */
async function firstFreeRow(firstPort: number, step: 0 | 1): Promise<Servers | null> {
  for (let index = 0; index < rowsToTry; index += 1) {
    const opened = await tryPorts(row(firstPort + index * rowDistance * step, step))
    if (opened !== null) return opened
  }
  return null
}

function row(first: number, step: 0 | 1): Ports {
  const port = (index: number): number => first + index * step
  return {
    fra56: port(0),
    lhr61: port(1),
    origin: port(2),
    control: port(3),
    builder: port(4),
    controls: port(5),
    renderer: port(6),
  }
}

async function tryPorts(ports: Ports): Promise<Servers | null> {
  const opened: LocalServer[] = []
  const open = async (name: PortName): Promise<LocalServer> => {
    const server = await LocalServer.listen(ports[name], { alsoIpv6: name === 'fra56' || name === 'lhr61' })
    opened.push(server)
    return server
  }
  try {
    return {
      fra56: await open('fra56'),
      lhr61: await open('lhr61'),
      origin: await open('origin'),
      control: await open('control'),
      builder: await open('builder'),
      controls: await open('controls'),
      renderer: await open('renderer'),
    }
  } catch (error) {
    await Promise.all(opened.map((server) => server.stop()))
    if (hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES')) return null
    throw error
  }
}

function portsOf(servers: Servers): Ports {
  return {
    fra56: servers.fra56.port,
    lhr61: servers.lhr61.port,
    origin: servers.origin.port,
    control: servers.control.port,
    builder: servers.builder.port,
    controls: servers.controls.port,
    renderer: servers.renderer.port,
  }
}

function readPorts(file: string): Ports | null {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  const { fra56, lhr61, origin, control, builder, controls } = value
  const isPort = (port: unknown): port is number => typeof port === 'number' && Number.isInteger(port)
  if (!isPort(fra56) || !isPort(lhr61) || !isPort(origin)) return null
  if (!isPort(control) || !isPort(builder) || !isPort(controls)) return null
  // Folders from before the renderer remember six ports.
  const renderer = isPort(value['renderer']) ? value['renderer'] : controls + 1
  return { fra56, lhr61, origin, control, builder, controls, renderer }
}
