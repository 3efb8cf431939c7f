import { join } from 'node:path'
import { app, Menu, nativeImage, Tray } from 'electron'
import type { Log } from '../platform/log.ts'
import type { Desk } from './desk.ts'
import { notify } from './notify.ts'
import { followTrayState } from './tray-state.ts'
import { trayMenu, trayTip, type TrayActs, type TraySite, type TrayState } from './tray-menu.ts'

export interface TrayParts {
  readonly desk: Desk
  readonly log: Log
  /** The folder of its icons. */
  readonly icons: string
  readonly open: (route: string) => void
}

/** Puts Frostline into the system's tray, with the state of each site. */
export function showTray({ desk, log, icons, open }: TrayParts): Tray {
  // A Mac colours a template itself, by the name that ends so.
  const icon = nativeImage.createFromPath(join(icons, process.platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'))
  const tray = new Tray(icon)
  const { client } = desk
  const failed = (error: unknown): void => log.warn({ err: error }, 'tray')
  const rebuild = async ({ id, name }: TraySite): Promise<void> => {
    const route = `/builds?site=${encodeURIComponent(id)}`
    const { begins } = await client.buildQueue.request({ siteId: id })
    const body = begins ? 'A build begins now.' : 'It becomes a part of the build that waits.'
    notify({ title: `${name}: rebuild requested`, body, route }, open)
  }
  const sorry = (site: TraySite, error: unknown): void => {
    failed(error)
    const body = error instanceof Error ? error.message : 'Open Builds to see why.'
    notify({ title: `${site.name}: no rebuild`, body, route: `/builds?site=${encodeURIComponent(site.id)}` }, open)
  }
  const acts: TrayActs = {
    open,
    rebuild: (site) => void rebuild(site).catch((error: unknown) => sorry(site, error)),
    setPaused: (paused) => void client.automation.setPaused({ paused }).catch(failed),
    quit: () => app.quit(),
  }
  const draw = (state: TrayState): void => {
    // A menu cannot be changed where it shows: Linux takes only a new one.
    tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, acts)))
    tray.setToolTip(trayTip(state))
  }
  draw({ sites: [], paused: false })
  tray.on('click', () => open('/'))
  followTrayState(desk, draw, failed)
  return tray
}
