import type { CdnKind, SeenEdge } from '#shared/add-site.ts'

/** The headers of an answer, whatever the case of the name; lines of one name are joined by commas. */
export interface HeaderTexts {
  get(name: string): string | undefined
}

interface Sign {
  readonly header: string
  readonly says: RegExp
}
interface Maker {
  readonly kind: CdnKind
  readonly name: string
  readonly signs: readonly Sign[]
}

const any = /(?:)/

/** Those that stand in front of others come first. Sources: the vendors' pages about their response headers. */
const MAKERS: readonly Maker[] = [
  {
    kind: 'cloudflare',
    name: 'Cloudflare',
    signs: [
      { header: 'cf-ray', says: any },
      { header: 'cf-cache-status', says: any },
      { header: 'server', says: /^cloudflare$/i },
    ],
  },
  {
    kind: 'akamai',
    name: 'Akamai',
    signs: [
      { header: 'server', says: /akamai/i },
      { header: 'akamai-grn', says: any },
      { header: 'x-akamai-transformed', says: any },
      { header: 'x-akamai-request-id', says: any },
      { header: 'x-cache', says: /akamaighost/i },
    ],
  },
  {
    kind: 'cloudfront',
    name: 'CloudFront',
    signs: [
      { header: 'x-amz-cf-pop', says: any },
      { header: 'x-amz-cf-id', says: any },
      { header: 'via', says: /cloudfront/i },
      { header: 'x-cache', says: /from cloudfront/i },
    ],
  },
  {
    kind: 'fastly',
    name: 'Fastly',
    signs: [
      { header: 'x-served-by', says: /\bcache-[a-z]{3,}/i },
      { header: 'x-timer', says: /^S\d+/ },
      { header: 'x-fastly-request-id', says: any },
      { header: 'fastly-debug-digest', says: any },
    ],
  },
  {
    kind: 'netlify',
    name: 'Netlify',
    signs: [
      { header: 'x-nf-request-id', says: any },
      { header: 'server', says: /^netlify/i },
      { header: 'cache-status', says: /netlify/i },
    ],
  },
  {
    kind: 'vercel',
    name: 'Vercel',
    signs: [
      { header: 'x-vercel-id', says: any },
      { header: 'x-vercel-cache', says: any },
      { header: 'server', says: /^vercel/i },
    ],
  },
  {
    kind: 'varnish',
    name: 'Varnish',
    signs: [
      { header: 'x-varnish', says: any },
      { header: 'via', says: /varnish/i },
    ],
  },
  { kind: 'nginx', name: 'nginx', signs: [{ header: 'server', says: /^(nginx|openresty)/i }] },
]

const EVIDENCE_CHARACTERS = 120

/** The caches that an answer shows, the outermost first, each with the headers that show it. */
export function recogniseEdges(headers: HeaderTexts): SeenEdge[] {
  const seen = MAKERS.flatMap(({ kind, name, signs }): SeenEdge[] => {
    const evidence = signs.flatMap(({ header, says }) => {
      const value = headers.get(header)
      return value !== undefined && says.test(value) ? [`${header}: ${value}`.slice(0, EVIDENCE_CHARACTERS)] : []
    })
    return evidence.length > 0 ? [{ kind, name, evidence }] : []
  })
  // Fastly is made of Varnish, and its answers say so.
  return seen.some(({ kind }) => kind === 'fastly') ? seen.filter(({ kind }) => kind !== 'varnish') : seen
}
