import { useEffect, useState } from 'react'
import { client } from './client.ts'

/** More would slow the window down; the earliest lines go first. */
const MOST_LINES = 5_000

export interface BuildLog {
  readonly buildId: string | null
  readonly lines: readonly string[]
  readonly ended: boolean
}

const EMPTY: BuildLog = { buildId: null, lines: [], ended: false }

/** A build's log as it is written. Lines are gathered for a frame, since they arrive faster than they can be drawn. */
export function useBuildLog(buildId: string | null): BuildLog {
  const [log, setLog] = useState<BuildLog>(EMPTY)
  useEffect(() => {
    if (buildId === null) return
    const stop = new AbortController()
    void follow(buildId, stop.signal, setLog)
    return () => stop.abort()
  }, [buildId])
  return log.buildId === buildId ? log : EMPTY
}

async function follow(buildId: string, signal: AbortSignal, show: (log: BuildLog) => void): Promise<void> {
  let lines: string[] = []
  let drawing = 0
  const draw = () => {
    drawing = 0
    lines = lines.slice(-MOST_LINES)
    if (!signal.aborted) show({ buildId, lines, ended: false })
  }
  try {
    for await (const { line } of await client.builds.log({ buildId }, { signal })) {
      lines.push(line)
      if (drawing === 0) drawing = requestAnimationFrame(draw)
    }
  } catch {
    // What was read stays on screen; the build's own state says how it ended.
  }
  cancelAnimationFrame(drawing)
  if (!signal.aborted) show({ buildId, lines: lines.slice(-MOST_LINES), ended: true })
}
