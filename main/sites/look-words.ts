import type { Remark, SeenEdge, SeenGenerator, SeenPages } from '#shared/add-site.ts'
import type { HeaderTexts } from './recognise-edge.ts'

interface Seen {
  readonly url: string
  readonly status: number
  readonly edges: readonly SeenEdge[]
  readonly generator: SeenGenerator | null
  readonly pages: SeenPages
}

/** What is wrong with the front page's answer, each with what to do. */
export function problemsOf({ asked, url, status, headers }: Seen & { asked: URL; headers: HeaderTexts }): Remark[] {
  const found: Remark[] = []
  const host = new URL(url).host
  if (host !== asked.host) {
    found.push({
      message: `${asked.host} redirects to ${host}, so the pages are there.`,
      fix: `${host} becomes the zone. Add ${asked.host} as a zone of its own only where it has pages, too.`,
    })
  } else if (url !== asked.origin) {
    found.push({ message: `${asked.origin} redirects to ${url}.`, fix: `${url} becomes the address of the zone.` })
  }
  if (asked.pathname !== '/' || asked.search !== '')
    found.push({
      message: `Of ${asked.host}${asked.pathname}${asked.search} only the host is taken: a site is everything that its hosts have.`,
      fix: 'Which of its pages are looked after is chosen under Find pages later.',
    })
  const wrong = statusRemark(host, status, headers)
  return wrong === null ? found : [...found, wrong]
}

function statusRemark(host: string, status: number, headers: HeaderTexts): Remark | null {
  if (status < 400) return null
  if (status === 401 || status === 407 || headers.get('www-authenticate') !== undefined) {
    return {
      message: `${host} asks for a password (status ${status}), so no page can be checked.`,
      fix: 'Let requests with the user agent Frostline pass, or add the address that visitors use.',
    }
  }
  if (status === 403 || status === 429) {
    return {
      message: `${host} refuses this request (status ${status}): a firewall or a protection against bots may stand in front.`,
      fix: 'Allow the user agent Frostline there. Until then checks see this refusal rather than pages.',
    }
  }
  if (status === 404 || status === 410) {
    return {
      message: `${host} has no front page (status ${status}).`,
      fix: 'Go on when its pages lie elsewhere; otherwise check the address.',
    }
  }
  return status >= 500
    ? {
        message: `${host} answers with a failure of its own (status ${status}).`,
        fix: 'Look at the site first. It can be added all the same, and its pages are then shown as errors.',
      }
    : { message: `${host} answers with status ${status}.`, fix: 'Open it in a browser to see why.' }
}

/** What could not be told, and what that means. */
export function unknownOf({ edges, pages }: Omit<Seen, 'generator'>): string[] {
  const [outer, inner] = edges
  return [
    ...(outer === undefined
      ? [
          'No sign of a cache: either there is none, or it hides its headers. It can still be looked at; to purge it, choose what it is.',
        ]
      : []),
    ...(outer !== undefined && inner !== undefined
      ? [`${outer.name} stands in front of ${inner.name}: what is purged at one may still lie in the other.`]
      : []),
    ...(pages.files.length === 0 ? ['No sitemap was found. Pages then come from a crawl, from a list, or from a build.'] : []),
  ]
}
