import { useEffect, useRef, useState } from 'react'
import type * as z from 'zod'
import type { ProjectBuild, TryOutcome } from '#shared/local-project.ts'
import { client } from '#renderer/lib/client.ts'
import { describeFailure } from '#renderer/lib/failure.ts'

export interface TestRun {
  readonly lines: readonly string[]
  readonly running: boolean
  readonly outcome: TryOutcome | null
}

const MOST_LINES = 2_000
const NONE: TestRun = { lines: [], running: false, outcome: null }

/** Runs a build to see whether it works. What is no longer looked at is ended. */
export function useTestRun() {
  const [run, setRun] = useState<TestRun>(NONE)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const start = async (project: z.input<typeof ProjectBuild>) => {
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    setRun({ ...NONE, running: true })
    // Lines arrive faster than they can be drawn.
    let waiting: string[] = []
    let drawing = 0
    const draw = () => {
      const arrived = waiting
      waiting = []
      drawing = 0
      setRun((now) => ({ ...now, lines: [...now.lines, ...arrived].slice(-MOST_LINES) }))
    }
    try {
      for await (const event of await client.projects.tryOut(project, { signal: mine.signal })) {
        if ('outcome' in event) setRun((now) => ({ ...now, running: false, outcome: event.outcome }))
        else {
          waiting.push(event.line)
          if (drawing === 0) drawing = requestAnimationFrame(draw)
        }
      }
    } catch (error) {
      if (mine.signal.aborted) return
      const { message, fix } = describeFailure(error)
      setRun((now) => ({ ...now, running: false, outcome: { ok: false, message: `${message} ${fix ?? ''}`, tookMs: 0 } }))
    }
  }
  const end = () => {
    stop.current?.abort()
    setRun((now) => ({ ...now, running: false }))
  }
  return { run, start, end }
}
