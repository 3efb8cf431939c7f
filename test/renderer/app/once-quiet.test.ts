import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { onceQuiet } from '#renderer/app/once-quiet.ts'

let idle: (() => void)[]
let queries: QueryClient
let runs: number

beforeEach(() => {
  idle = []
  runs = 0
  queries = new QueryClient()
  vi.stubGlobal('requestIdleCallback', (run: () => void) => idle.push(run))
  vi.stubGlobal('cancelIdleCallback', (id: number) => (idle[id - 1] = () => undefined))
})
afterEach(() => {
  vi.unstubAllGlobals()
  queries.clear()
})

/** A question that is answered when its answer is given. */
function ask(key: string): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const asked = queries.fetchQuery({ queryKey: [key], queryFn: () => promise })
  return async () => {
    resolve('answer')
    await asked
    // The cache tells its listeners after the answer.
    await new Promise((tell) => setTimeout(tell))
  }
}
const haveTime = () => idle.splice(0).forEach((run) => run())

test('what waits for quiet runs when everything that was asked is answered and the browser has time, once', async () => {
  onceQuiet(queries, () => (runs += 1))
  const answer = ask('sites')
  haveTime()
  expect(runs).toBe(0)
  await answer()
  haveTime()
  expect(runs).toBe(1)
  await ask('later')()
  haveTime()
  expect(runs).toBe(1)
})

test('a question that came before the browser had time is waited for', async () => {
  onceQuiet(queries, () => (runs += 1))
  await ask('sites')()
  const answer = ask('pages')
  haveTime()
  expect(runs).toBe(0)
  await answer()
  haveTime()
  expect(runs).toBe(1)
})

test('given up, it never runs', async () => {
  const stop = onceQuiet(queries, () => (runs += 1))
  await ask('sites')()
  stop()
  haveTime()
  expect(runs).toBe(0)
})
