import { parseArgs } from 'node:util'
import { readDoor } from './start-door.ts'
import type { Door } from './web/door.ts'

export interface StartOptions {
  /** Use the browser shell even where the desktop window could open. */
  readonly browser: boolean
  /** Show a window; false only prints the address. */
  readonly open: boolean
  readonly demo: boolean
  readonly data: string | undefined
  readonly port: number | undefined
  readonly door: Omit<Door, 'port'>
}

export type ParsedStart =
  | { readonly kind: 'run'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string }

export const USAGE = `Frostline, a control panel for static-first websites.

  npm start                    open the panel in a desktop window
  npm start -- --browser       open it in a window of an installed browser instead
  npm start -- --no-open       open nothing, print an address that works once

  --data DIR    keep everything in this folder (else FROSTLINE_DATA, else the system's place for programs)
  --port N      listen on this port of 127.0.0.1 (browser shell; else the last one, else a free one)
  --no-demo     start without the built-in site

For others, each with a sign-in link of their own (docs/people.md); browser shell only:
  --public-url URL            how they reach it, such as https://panel.example.com
  --listen ADDRESS            listen on this address of the machine instead of 127.0.0.1
  --tls-cert F --tls-key F    speak TLS with this certificate (PEM)
  --behind-proxy              a proxy before it speaks TLS and passes Host on
  --help        this text`

const HINT = 'npm start -- --help lists the options.'

/** Reads the command line. What cannot be understood comes back as a sentence, never as a guess. */
export function parseStart(argv: readonly string[]): ParsedStart {
  let values
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        browser: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        'no-demo': { type: 'boolean' },
        data: { type: 'string' },
        port: { type: 'string' },
        listen: { type: 'string' },
        'public-url': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'behind-proxy': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    return { kind: 'wrong', sentence: `${error instanceof Error ? firstSentence(error.message) : 'Unknown option.'} ${HINT}` }
  }
  if (values.help) return { kind: 'help' }
  const port = values.port === undefined ? undefined : Number(values.port)
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    return { kind: 'wrong', sentence: `--port takes a number from 1 to 65535, not "${values.port}". ${HINT}` }
  }
  if (values.data === '') return { kind: 'wrong', sentence: `--data takes the name of a folder. ${HINT}` }
  const found = readDoor({
    listen: values.listen,
    publicUrl: values['public-url'],
    tlsCert: values['tls-cert'],
    tlsKey: values['tls-key'],
    behindProxy: values['behind-proxy'] ?? false,
  })
  if (!found.ok) return { kind: 'wrong', sentence: `${found.sentence} ${HINT}` }
  return {
    kind: 'run',
    options: {
      browser: values.browser ?? false,
      open: !values['no-open'],
      demo: !values['no-demo'],
      data: values.data,
      port,
      door: found.door,
    },
  }
}

/** Node's messages go on about arguments that start with a dash; the first sentence says what is wrong. */
function firstSentence(message: string): string {
  const sentence = message.split(/\.\s|\n/)[0] ?? message
  return `${sentence.replace(/\.$/, '')}.`
}
