import { expect, test } from 'vitest'
import { readVerdicts } from '#main/plans/verify.ts'
import { storedSite } from '../../support/stored-site.ts'

const gone = { observed_at: 20, status: 404, served_as: 'missing' }

test('a page that the live release has no more is right when it is missing; without a known release it is a failure', async () => {
  const site = await storedSite()
  const proven = site.page('/removed', { ...gone, origin_started_at: 5 })
  const unknown = site.page('/unknown', gone)
  const built = site.page('/built', { ...gone, origin_started_at: 5, origin_hash: 'sha256-1' })
  const { results } = await readVerdicts(site.db.query, [proven, unknown, built], 10, 10)
  expect([proven, unknown, built].map((id) => results.get(id)?.result)).toEqual(['new-version', 'failed', 'failed'])
  site.db.close()
})
