import { execFile } from 'node:child_process'

const ASK = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  'org.kde.StatusNotifierWatcher',
]
const ANSWER_TIMEOUT_MS = 2_000

/**
 * Null where the desktop shows a tray; otherwise why not, as a sentence. Linux desktops without one take an icon and show
 * it nowhere, so their session is asked for whoever shows icons:
 * https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/
 */
export async function noTrayBecause(platform: NodeJS.Platform = process.platform): Promise<string | null> {
  if (platform !== 'linux') return null
  const answer = await new Promise<string>((resolve) => {
    execFile('gdbus', ASK, { timeout: ANSWER_TIMEOUT_MS }, (error, stdout) => resolve(error ? '' : stdout))
  })
  if (answer.includes('true')) return null
  return 'This desktop shows no tray, so closing the window quits Frostline.'
}
