import { readCommandLine, usage } from './command-line.ts'

const leastNodeVersion = 24

/** Starts the demo as a process of its own: see `--help`. */
async function main(): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < leastNodeVersion) {
    throw new Error(`The demo needs Node ${String(leastNodeVersion)} or newer; this is ${process.versions.node}.`)
  }
  const options = readCommandLine(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  const beganMs = performance.now()
  const print = (line: string): void => {
    ;(options.json ? process.stderr : process.stdout).write(`${line}\n`)
  }
  let end = (): void => process.exit(0)
  process.once('SIGTERM', () => end())
  process.once('SIGINT', () => end())
  // A panel that dies closes the pipe it holds.
  if (options.json)
    process.stdin
      .once('end', () => end())
      .once('close', () => end())
      .resume()
  // Loaded late, so that an old Node is refused in a sentence rather than by a missing module.
  const { startDemo } = await import('./start-demo.ts')
  const demo = await startDemo({ dataFolder: options.dataFolder, firstPort: options.firstPort, reset: options.reset, log: print })
  end = (): void => {
    end = (): void => undefined
    demo.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ ready: true, siteFile: demo.siteFile })}\n`)
  print(`Ready after ${String(Math.round(performance.now() - beganMs))} ms.

  The site       ${demo.urls.site}/
  Second PoP     ${demo.urls.secondPop} (with the site's Host)
  Origin         ${demo.urls.origin}
  Control API    ${demo.urls.control}
  Build service  ${demo.urls.builder}/builds
  Demo controls  ${demo.controlsUrl}
  Site file      ${demo.siteFile}`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
