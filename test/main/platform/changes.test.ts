import { describe, expect, test } from 'vitest'
import { createChanges } from '#main/platform/changes.ts'

describe('The stream of changes', () => {
  test('puts changes that come quickly into one message, each topic once', async () => {
    const changes = createChanges()
    const stream = changes.listen(AbortSignal.timeout(5_000))
    const first = stream.next()
    await Promise.resolve()
    for (let index = 0; index < 1_000; index += 1) changes.tell('pages', 'tags')
    expect((await first).value?.topics.sort()).toEqual(['pages', 'tags'])
    changes.tell('jobs')
    changes.tell('pages')
    changes.tell('jobs')
    expect((await stream.next()).value).toEqual({ topics: ['jobs', 'pages'] })
  })

  test('loses nothing that is told between two looks', async () => {
    const changes = createChanges()
    const stream = changes.listen(AbortSignal.timeout(5_000))
    const first = stream.next()
    await Promise.resolve()
    changes.tell('sites')
    await first
    const second = stream.next()
    changes.tell('budget')
    expect((await second).value).toEqual({ topics: ['budget'] })
  })

  test('tells every listener', async () => {
    const changes = createChanges()
    const streams = [1, 2].map(() => changes.listen(AbortSignal.timeout(5_000)))
    const firsts = streams.map((stream) => stream.next())
    await Promise.resolve()
    changes.tell('log')
    expect(await Promise.all(firsts)).toEqual([1, 2].map(() => ({ done: false, value: { topics: ['log'] } })))
  })

  test('ends when its listener goes, while it waits and while it rests', async () => {
    const changes = createChanges()
    const stop = new AbortController()
    const waiting = changes.listen(stop.signal)
    const next = waiting.next()
    const resting = changes.listen(stop.signal)
    const first = resting.next()
    await Promise.resolve()
    stop.abort()
    expect((await next).done).toBe(true)
    expect((await first).done).toBe(true)
    expect((await changes.listen(AbortSignal.abort()).next()).done).toBe(true)
  })
})
