import type { SeenGenerator } from '#shared/add-site.ts'
import type { HeaderTexts } from './recognise-edge.ts'

interface Trace {
  readonly name: string
  readonly in: RegExp
}

/** What generators leave in pages. Each is short and of one kind, so that no text makes it slow. */
const TRACES: readonly Trace[] = [
  { name: 'Next.js', in: /(?:id="__NEXT_DATA__"|["'(]\/_next\/static\/)/ },
  { name: 'Gatsby', in: /(?:id="___gatsby"|\/page-data\/(?:index|app-data))/ },
  { name: 'Astro', in: /(?:["'(]\/_astro\/|<astro-island\b)/ },
  { name: 'Nuxt', in: /(?:id="__nuxt"|["'(]\/_nuxt\/)/ },
  { name: 'SvelteKit', in: /["'(/]_app\/immutable\// },
  { name: 'Docusaurus', in: /id="__docusaurus"/ },
  { name: 'WordPress', in: /["'(][^"'()]{0,200}\/wp-content\// },
]

const META = /<meta\s[^>]{0,300}>/gi
const EVIDENCE_CHARACTERS = 120

/** Which program made a page: what it says of itself, else the traces it leaves. Null when nothing shows it. */
export function recogniseGenerator(html: string, headers: HeaderTexts): SeenGenerator | null {
  for (const [tag] of html.matchAll(META)) {
    if (!/\bname\s*=\s*["']?generator\b/i.test(tag)) continue
    const [, content = ''] = /\bcontent\s*=\s*"([^"]*)"/i.exec(tag) ?? /\bcontent\s*=\s*'([^']*)'/i.exec(tag) ?? []
    const name = content.trim().slice(0, 60)
    if (name !== '') return { name, evidence: [tag.slice(0, EVIDENCE_CHARACTERS)] }
  }
  const traces = TRACES.flatMap((trace) => {
    const [found] = trace.in.exec(html) ?? []
    return found === undefined ? [] : [{ name: trace.name, evidence: [found.slice(0, EVIDENCE_CHARACTERS)] }]
  })
  const powered = headers.get('x-powered-by') ?? ''
  if (traces[0] === undefined && /^next\.js/i.test(powered)) return { name: 'Next.js', evidence: [`x-powered-by: ${powered}`] }
  return traces[0] ?? null
}

/** What a page names its dependencies with: elements in it, and headers that edges store as tags. */
export function recogniseTags(html: string, headers: HeaderTexts): string[] {
  const elements = ['ssr-cache', 'ps-tag'].filter((name) => html.includes(`<${name}`)).map((name) => `<${name}> elements`)
  const named = ['cache-tag', 'x-amz-meta-cache-tag', 'surrogate-key', 'xkey', 'edge-cache-tag', 'netlify-cache-tag']
  return [...elements, ...named.filter((name) => headers.get(name) !== undefined).map((name) => `the header ${name}`)]
}

/** The title of a page, for a name; null when it has none. */
export function titleOf(html: string): string | null {
  const [, text = ''] = /<title[^>]{0,100}>([^<]{1,300})/i.exec(html) ?? []
  const plain = text
    .replace(/&amp;/g, '&')
    .replace(/&#0?39;|&apos;|&rsquo;/g, '’')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? null : plain.slice(0, 80)
}
