import { setTimeout as sleep } from 'node:timers/promises'
import { holdDataFolder, whoHolds, type HeldFolder } from '../platform/data-folder.ts'
import { askToOpen, type Opened } from './open-request.ts'

export type HoldResult =
  | { readonly state: 'held'; readonly folder: HeldFolder }
  | { readonly state: 'opened'; readonly opened: Opened }
  | { readonly state: 'silent'; readonly sentence: string }

const PATIENCE_MS = 15_000
const AGAIN_MS = 250

/** Takes the data folder, or has the Frostline that holds it show itself. A holder that starts or ends is waited for. */
export async function holdOrOpen(
  folder: string,
  wish: { readonly print: boolean },
  patienceMs = PATIENCE_MS,
): Promise<HoldResult> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const held = holdDataFolder(folder)
    if (held) return { state: 'held', folder: held }
    const running = await whoHolds(folder)
    const opened = running && (await askToOpen(running, wish))
    if (opened) return { state: 'opened', opened }
    if (Date.now() > deadline) {
      const who = running ? ` (process ${running.pid})` : ''
      const sentence = `Another Frostline${who} holds ${folder} and does not answer. End it, or choose another folder with --data.`
      return { state: 'silent', sentence }
    }
    await sleep(AGAIN_MS)
  }
}
