import { page, AT_EDGE, type Scenario } from './scenario.ts'
import { seconds } from '../../../support/caches/world.ts'

/** One spelling is asked about, and the other one was purged. */
const spelled = (
  title: string,
  asked: (path: string) => string,
  purged: (path: string) => string,
  says: RegExp,
  cannot: Scenario['cannot'] = {},
): Scenario => ({
  cause: 'variant-missed',
  title,
  says,
  cannot,
  async run({ origin, visit, purge, why }, path) {
    for (const spelling of [asked(path), purged(path)]) {
      origin.serve(spelling, { headers: AT_EDGE, body: page('One') })
      await visit(spelling)
    }
    // An Age counts whole seconds.
    await seconds(1.1)
    for (const spelling of [asked(path), purged(path)]) origin.serve(spelling, { headers: AT_EDGE, body: page('Two') })
    await purge(purged(path))
    await visit(purged(path))
    return why(asked(path))
  },
})

/** The edge keeps several copies of a page, and the purge reached another one. */
export const VARIANTS: readonly Scenario[] = [
  spelled(
    'the page was purged, and the address with a query string was not',
    (path) => `${path}?utm_source=mail`,
    (path) => path,
    /without the query string is new, this one is still old/,
    { 'demo edge': 'Its policy leaves the query string out of the key: there is one copy' },
  ),
  spelled(
    'the address without its slash was purged',
    (path) => `${path}/`,
    (path) => path,
    /without the slash at the end is new/,
  ),
  spelled(
    'index.html was purged',
    (path) => `${path}/`,
    (path) => `${path}/index.html`,
    /with index\.html is new/,
  ),
  spelled(
    'the address in small letters was purged',
    (path) => `${path}/About`,
    (path) => `${path}/about`,
    /in small letters is new/,
  ),
  spelled(
    'the address in another percent-encoding was purged',
    (path) => `${path}/%7Eann`,
    (path) => `${path}/~ann`,
    /with another percent-encoding is new/,
  ),
  {
    cause: 'variant-missed',
    title: 'the copy for one Accept-Encoding was renewed, and that for browsers was not',
    says: /as gzip is new, this one is still old/,
    cannot: {
      varnish: 'It asks the origin for gzip only and unpacks for whoever wants it: there is one copy',
      'demo edge': 'Its policy leaves Accept-Encoding out of the key: there is one copy',
    },
    async run({ origin, visit, why }, path) {
      const headers = { ...AT_EDGE, vary: 'Accept-Encoding' }
      origin.serve(path, { headers, body: page('One') })
      await visit(path, { headers: { 'accept-encoding': 'gzip, deflate, br' } })
      await seconds(1.1)
      origin.serve(path, { headers, body: page('Two') })
      await visit(path, { headers: { 'accept-encoding': 'gzip' } })
      return why(path)
    },
  },
]
