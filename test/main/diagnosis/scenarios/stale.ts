import { seconds } from '../../../support/caches/world.ts'
import { AT_EDGE, page, type Scenario } from './scenario.ts'

const short = (more: string) => ({ 'cache-control': `public, max-age=0, s-maxage=1, ${more}` })

/** Copies past their lifetime, errors, and pages that are gone. */
export const STALE: readonly Scenario[] = [
  {
    cause: 'stale-while-revalidate',
    title: 'the copy is past its lifetime and is given once more while the new one is fetched',
    says: /past its lifetime; the edge gives it to one more visitor/,
    cannot: { squid: 'It does not know stale-while-revalidate: past the lifetime it asks the origin before it answers' },
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: short('stale-while-revalidate=600'), body: page('One') })
      await visit(path)
      origin.serve(path, { headers: short('stale-while-revalidate=600'), body: page('Two') })
      await seconds(2.2)
      return why(path)
    },
  },
  {
    cause: 'stale-if-error',
    title: 'the origin is stopped and the last good copy is given',
    says: /The origin fails, so the edge goes on giving its last good copy/,
    alone: true,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: { 'cache-control': 'public, max-age=1, stale-if-error=600' }, body: page('One') })
      await visit(path)
      await seconds(2.2)
      await origin.down()
      try {
        return await why(path)
      } finally {
        await origin.up()
      }
    },
  },
  {
    cause: 'not-reachable',
    title: 'the origin is stopped and nothing is stored',
    says: /the origin fails/,
    alone: true,
    async run({ origin, why }, path) {
      await origin.down()
      try {
        return await why(path)
      } finally {
        await origin.up()
      }
    },
  },
  {
    cause: 'error-stored',
    title: 'a 404 was stored just before the page was there',
    says: /keeps an error \(status 404\) where a page belongs/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { status: 404, headers: AT_EDGE, body: page('Not found') })
      await visit(path)
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      return why(path)
    },
  },
  {
    cause: 'page-gone',
    title: 'the page was taken away and the edge goes on giving it',
    says: /gone at the origin, and the edge goes on giving its copy/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path)
      origin.serve(path, { status: 410, headers: AT_EDGE, body: page('Gone') })
      return why(path)
    },
  },
  {
    cause: 'page-gone',
    title: 'there never was such a page',
    says: /There is no page at this address/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { status: 404, headers: AT_EDGE, body: page('Not found') })
      await visit(path)
      return why(path)
    },
  },
  {
    cause: 'redirect-old',
    title: 'the redirect leads elsewhere now, and the edge keeps the old one',
    says: /the redirect is old: the edge leads from .* to .*\/old-target.*the origin redirects to .*\/new-target/,
    async run({ origin, visit, why }, path) {
      for (const target of ['/old-target', '/new-target']) origin.serve(path + target, { headers: AT_EDGE, body: page(target) })
      origin.serve(path, { status: 301, headers: { ...AT_EDGE, location: `${path}/old-target` } })
      await visit(path)
      origin.serve(path, { status: 301, headers: { ...AT_EDGE, location: `${path}/new-target` } })
      return why(path)
    },
  },
]
