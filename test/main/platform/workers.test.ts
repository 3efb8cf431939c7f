import { afterEach, describe, expect, test } from 'vitest'
import { codeOf, isDamage } from '#main/platform/failure-code.ts'
import { startWorkThread, type WorkThread } from '#main/platform/workers.ts'
import type { OddTasks } from '../../support/odd-tasks.ts'

const threads: WorkThread<OddTasks>[] = []
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.close()
})
function thread(): WorkThread<OddTasks> {
  const started = startWorkThread<OddTasks>(new URL('../../support/odd-tasks.ts', import.meta.url), null)
  threads.push(started)
  return started
}

describe('The work thread', () => {
  test('answers, and tells how far it is', async () => {
    const seen: number[] = []
    expect(await thread().run('count', { to: 3 }, { onProgress: (at) => seen.push(at) })).toBe(3)
    expect(seen).toEqual([1, 2, 3])
  })

  test('runs several tasks beside each other', async () => {
    const work = thread()
    const stop = new AbortController()
    const waiting = work.run('wait', {}, { signal: stop.signal })
    expect(await work.run('echo', { text: 'a' })).toBe('a')
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'CONFLICT', message: 'Cancelled.' })
  })

  test('cancels a task whose signal had ended before', async () => {
    await expect(thread().run('wait', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('passes a refusal on with its code, sentence and field', async () => {
    await expect(thread().run('refuse', {} as never)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'Not that.',
      details: { field: 'text' },
    })
  })

  test('says of a fault only that there was one; the cause is for the log', async () => {
    const failing = thread().run('fail', {} as never)
    await expect(failing).rejects.toMatchObject({
      code: 'INTERNAL',
      cause: { stack: expect.stringContaining('a secret detail') },
    })
    await expect(failing).rejects.not.toThrow('a secret detail')
  })

  test.each(['crash', 'exit'] as const)(
    'that falls (%s) fails what ran with a clear error, and the next call works at once',
    async (how) => {
      const work = thread()
      const bystander = work.run('wait', {})
      const falling = work.run(how, {} as never)
      const told = {
        code: 'INTERNAL',
        message: 'The work thread stopped. What was running can be started again.',
        details: { retryable: true },
      }
      await expect(falling).rejects.toMatchObject(told)
      const next = work.run('echo', { text: 'again' })
      await expect(bystander).rejects.toMatchObject(told)
      expect(await next).toBe('again')
      expect(await work.run('echo', { text: 'and again' })).toBe('and again')
    },
  )

  test.each(['damaged', 'fallDamaged'] as const)('tells of a damaged database (%s) as SQLite calls it', async (how) => {
    const heard: unknown[] = []
    const file = new URL('../../support/odd-tasks.ts', import.meta.url)
    const work = startWorkThread<OddTasks>(file, null, undefined, (error) => heard.push(error))
    threads.push(work)
    const error: unknown = await work.run(how, {} as never).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(codeOf(error)).toBe('SQLITE_CORRUPT_VTAB')
    expect(isDamage(error)).toBe(true)
    expect(heard).toEqual([error])
  })

  test('refuses what cannot be copied, in either direction, and goes on', async () => {
    const work = thread()
    await expect(work.run('echo', { text: (() => 'x') as never })).rejects.toThrow()
    await expect(work.run('uncloneable', {} as never)).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(await work.run('echo', { text: 'a' })).toBe('a')
  })
})
