import { parseArgs } from 'node:util'
import envPaths from 'env-paths'

export interface CommandLine {
  readonly dataFolder: string
  readonly firstPort: number | undefined
  readonly json: boolean
  readonly reset: boolean
  readonly help: boolean
}

export const usage = `Usage: node demo/main.ts [--data DIR] [--port N] [--json] [--reset]

  --data DIR  where the demo keeps everything (default: the app-data folder of the system)
  --port N    the first of seven ports in a row (default: those of the last start, else 4180)
  --json      print one line of JSON when ready, and end when standard input closes
  --reset     begin as on the first start
`

/** @throws TypeError about an unknown option, RangeError about a port. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      port: { type: 'string' },
      json: { type: 'boolean' },
      reset: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  const firstPort = values.port === undefined ? undefined : Number(values.port)
  if (firstPort !== undefined && !(Number.isInteger(firstPort) && firstPort >= 1 && firstPort <= 65_000)) {
    throw new RangeError('--port must be a number from 1 to 65000.')
  }
  return {
    dataFolder: values.data ?? envPaths('frostline-demo', { suffix: '' }).data,
    firstPort,
    json: values.json === true,
    reset: values.reset === true,
    help: values.help === true,
  }
}
