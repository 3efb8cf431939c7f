import { AppError } from '#shared/errors.ts'
import type { Publisher } from './publisher.ts'

/** A publisher that is looked up when it is used: what publishes to a bucket rests on the builds that it publishes. */
export function latePublisher(find: () => Promise<Publisher | null>): Publisher {
  async function need(): Promise<Publisher> {
    const publisher = await find()
    if (publisher) return publisher
    throw new AppError('NOT_FOUND', 'This site is not published to a bucket from here.', {
      fix: 'Turn publishing to its bucket on where the site is set up.',
    })
  }
  return {
    holdsBack: true,
    publish: async (...args) => (await need()).publish(...args),
    live: async (...args) => (await need()).live(...args),
    outcomeOf: async (releaseId) => (await (await find())?.outcomeOf?.(releaseId)) ?? null,
    list: async (...args) => (await need()).list(...args),
    rollBack: async (...args) => (await need()).rollBack(...args),
    close() {},
  }
}
