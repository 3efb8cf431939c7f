import { expect, test } from 'vitest'
import { Reading } from '#shared/hook-readings.ts'
import { ask } from '#main/hooks/asking/ask.ts'
import { createHttp } from '#main/platform/http.ts'
import { httpFailure } from '#main/platform/http-failure.ts'

const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })

/** Asks GitHub where no name is found, as without a network. */
function asked(apiUrl: string | null) {
  const http = {
    ...createHttp(),
    requestText: (url: URL) => Promise.reject(httpFailure(notFound, url.host)),
  }
  const reading = Reading.parse({ kind: 'github', repository: 'ada/site', apiUrl })
  const { signal } = new AbortController()
  return ask(reading, { http, token: null, cursor: null, knownIds: () => [], nowMs: 0, signal })
}

test('where the vendor’s own address is not found, it is the network that is looked at and no spelling', async () => {
  await expect(asked(null)).rejects.toMatchObject({
    code: 'UNREACHABLE',
    message: expect.stringContaining('this machine is offline'),
    details: { fix: expect.stringContaining('Settings → Network'), retryable: true },
  })
})

test('where the owner typed the address, its spelling is what is looked at', async () => {
  await expect(asked('https://git.exmaple.com/api')).rejects.toMatchObject({
    message: 'The name git.exmaple.com was not found.',
    details: { fix: expect.stringContaining('spelling') },
  })
})
