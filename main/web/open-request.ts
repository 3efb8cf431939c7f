import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import type { Running } from '../platform/data-folder.ts'
import { plain, type PanelAnswer } from './panel-files.ts'
import { sameSecret } from './sessions.ts'

/** What a running shell did for a second start: it showed a window, or gives an address that works once. */
export type Opened = { readonly done: 'window' } | { readonly done: 'address'; readonly address: string }
/** Shows the panel again. `print` asks for an address even where a window could be shown. */
export type OpenAgain = (wish: { readonly print: boolean }) => Promise<Opened>

const HEADER = 'x-frostline-open'
const PRINT = 'print'
const Reply = z.discriminatedUnion('done', [
  z.object({ done: z.literal('window') }),
  z.object({ done: z.literal('address'), address: z.url() }),
])
const ANSWER_MS = 10_000

/** Answers `POST /open` for whoever can read `running.json`, which only this account can. */
export async function answerOpen(request: IncomingMessage, secret: string, open: OpenAgain): Promise<PanelAnswer> {
  const given = request.headers[HEADER]
  if (typeof given !== 'string' || !sameSecret(given, secret)) {
    return plain(403, 'Only a second start of Frostline may ask for a window.')
  }
  const opened = await open({ print: request.headers['prefer'] === PRINT })
  return { ...plain(200, ''), body: JSON.stringify(opened) }
}

/** Asks the shell that holds the data folder for a window. Null when it does not answer. */
export async function askToOpen(running: Running, wish: { readonly print: boolean }): Promise<Opened | null> {
  try {
    const headers = { [HEADER]: running.openSecret, ...(wish.print && { Prefer: PRINT }) }
    const signal = AbortSignal.timeout(ANSWER_MS)
    const reply = await fetch(`${running.origin}/open`, { method: 'POST', headers, signal, redirect: 'error' })
    return reply.ok ? Reply.parse(await reply.json()) : null
  } catch {
    return null
  }
}
