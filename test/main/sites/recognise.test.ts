import { describe, expect, test } from 'vitest'
import { recogniseEdges } from '#main/sites/recognise-edge.ts'
import { recogniseGenerator, recogniseTags, titleOf } from '#main/sites/recognise-generator.ts'

const headers = (lines: Record<string, string>) => new Map(Object.entries(lines))
const edges = (lines: Record<string, string>) => recogniseEdges(headers(lines)).map(({ kind }) => kind)
const generator = (html: string, lines: Record<string, string> = {}) => recogniseGenerator(html, headers(lines))

describe('What answers for a site, by its headers', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'CloudFront',
      { via: '1.1 0a1b.cloudfront.net (CloudFront)', 'x-amz-cf-pop': 'FRA56-P4', 'x-cache': 'Hit from cloudfront' },
      ['cloudfront'],
    ],
    ['Netlify', { server: 'Netlify', 'x-nf-request-id': '01JD', 'cache-status': '"Netlify Edge"; hit' }, ['netlify']],
    ['Vercel', { server: 'Vercel', 'x-vercel-id': 'fra1::x', 'x-vercel-cache': 'HIT' }, ['vercel']],
    ['Cloudflare', { server: 'cloudflare', 'cf-ray': '8e5-FRA', 'cf-cache-status': 'DYNAMIC' }, ['cloudflare']],
    [
      'Fastly, which is made of Varnish',
      { via: '1.1 varnish', 'x-served-by': 'cache-fra-etou8220-FRA', 'x-varnish': '7' },
      ['fastly'],
    ],
    ['Akamai', { server: 'AkamaiGHost', 'x-akamai-transformed': '9 12 0 pmb=mRUM' }, ['akamai']],
    ['Varnish', { 'x-varnish': '32770 3', via: '1.1 varnish (Varnish/7.1)' }, ['varnish']],
    ['nginx', { server: 'nginx/1.26' }, ['nginx']],
    ['no cache that shows itself', { server: 'Apache', 'x-cache': 'HIT' }, []],
    [
      'Cloudflare in front of Vercel',
      { server: 'cloudflare', 'cf-ray': '1', 'x-vercel-id': 'fra1::y' },
      ['cloudflare', 'vercel'],
    ],
  ])('%s', (_name, lines, kinds) => {
    expect(edges(lines)).toEqual(kinds)
  })

  test('each comes with the lines that show it, cut to a length that can be read', () => {
    const [seen] = recogniseEdges(headers({ 'x-amz-cf-id': 'x'.repeat(500), 'x-amz-cf-pop': 'LHR61-C2' }))
    expect(seen?.evidence[0]).toBe('x-amz-cf-pop: LHR61-C2')
    expect(seen?.evidence[1]).toHaveLength(120)
  })
})

describe('Which program made a page', () => {
  test.each([
    ['<meta name="generator" content="Eleventy v3.1.7">', 'Eleventy v3.1.7'],
    ["<meta content='Hugo 0.140.0' name=generator>", 'Hugo 0.140.0'],
    ['<script src="/_next/static/chunks/main.js"></script>', 'Next.js'],
    ['<div id="___gatsby">', 'Gatsby'],
    ['<link rel="stylesheet" href="/_astro/index.3f2a.css">', 'Astro'],
    ['<script type="module" src="/_nuxt/entry.js">', 'Nuxt'],
    ['<link href="https://x.example/wp-content/themes/a.css">', 'WordPress'],
  ])('%s', (html, name) => {
    expect(generator(html)?.name).toBe(name)
  })

  test('what a page says of itself goes before its traces, and nothing is made up', () => {
    expect(generator('<div id="__nuxt"><meta name="generator" content="Custom">')?.name).toBe('Custom')
    expect(generator('<p>We moved from /_next/ to Hugo</p>')).toBeNull()
    expect(generator('', { 'x-powered-by': 'Next.js' })?.evidence).toEqual(['x-powered-by: Next.js'])
  })

  test.each(['<meta '.repeat(100_000), '"'.repeat(500_000), '<title'.repeat(100_000)])(
    'hostile text %# shows nothing',
    (text) => {
      expect([generator(text), titleOf(text)]).toEqual([null, null])
    },
  )

  test('tags are seen in elements and in headers, the title in words', () => {
    expect(recogniseTags('<ssr-cache data-class="pb-menu">', headers({ 'surrogate-key': 'a b' }))).toEqual([
      '<ssr-cache> elements',
      'the header surrogate-key',
    ])
    expect(titleOf('<title>Ada &amp; friends\n shop</title>')).toBe('Ada & friends shop')
    expect(titleOf('<h1>None</h1>')).toBeNull()
  })
})
