import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareReleases, releaseFiles, storeReleaseFiles } from '#main/builds/release-files-task.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

test('one path of a release is found as it was stored, and none that is another host’s or no file', async () => {
  const { db } = await storedSite()
  const hosts = ['a.example', 'b.example', 'a.example:81']
  const paths = fc.oneof(
    fc.constantFrom('/', '/é/', '/"}', '/a"},"b.example":{"/', '/\\', '/\\"'),
    fc.string({ unit: 'binary', maxLength: 12 }).map((rest) => `/${rest}`),
  )
  const files = fc.uniqueArray(fc.record({ host: fc.constantFrom(...hosts), path: paths }), {
    maxLength: 12,
    selector: ({ host, path }) => `${host} ${path}`,
  })
  let release = 0
  fc.assert(
    fc.property(files, (found) => {
      release += 1
      const manifest = {
        releaseId: `r${release}`,
        startedAtMs: release,
        redirects: [],
        files: found.map((file, index) => ({
          ...file,
          hash: `sha256-${index.toString(16).padStart(64, '0')}`,
          type: 'text/html',
          sizeBytes: 1,
          tags: [],
        })),
      }
      storeReleaseFiles(db.raw, { siteId: SITE, manifest, keep: [] })
      const look = releaseFiles(db.raw, SITE, `r${release}`)
      for (const host of hosts) {
        for (const path of ['/', '/"}', ...found.map((file) => file.path)]) {
          const stored = manifest.files.find((file) => file.host === host && file.path === path)
          expect([host, path, look?.(host, path)]).toEqual([host, path, stored?.hash ?? null])
        }
      }
    }),
    { numRuns: 300 },
  )
  expect(releaseFiles(db.raw, SITE, 'never')).toBeNull()
  expect(compareReleases(db.raw, { siteId: SITE, from: 'never', to: 'r1', after: 0, limit: 1 })).toBeNull()
  db.close()
})
