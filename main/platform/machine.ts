import { arch, cpus, freemem, release, totalmem } from 'node:os'

/** What the program runs on; nothing that names a person. */
export function describeMachine() {
  return {
    system: process.platform,
    release: release(),
    architecture: arch(),
    processors: cpus().length,
    memoryBytes: totalmem(),
    freeBytes: freemem(),
    versions: pick(process.versions, ['node', 'electron', 'chrome', 'v8', 'openssl', 'sqlite']),
    processBytes: process.memoryUsage().rss,
    runsSeconds: Math.round(process.uptime()),
  }
}

function pick(from: Readonly<Record<string, string | undefined>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])))
}
