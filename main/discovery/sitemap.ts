import { Parser } from 'htmlparser2'
import { AppError } from '#shared/errors.ts'

/** What a sitemap file says, one address after the other. */
export interface SitemapSink {
  page(address: string): void
  /** A translation of a page (`hreflang`), which is a page too when it is of this site. */
  alternate(address: string): void
  /** A further sitemap file. */
  file(address: string): void
  /** Called now and then, so that what came can be written. */
  pause(): Promise<void>
}

const PART_CHARACTERS = 262_144

/**
 * Reads a sitemap or sitemap index. Takes `urlset` and `sitemapindex` documents and plain lists of addresses. Throws
 * `BAD_INPUT` for anything else, above all for the HTML page that many sites answer in its place. A file may hold 50,000
 * addresses by sitemaps.org; one that holds more is read all the same.
 */
export async function readSitemap(text: string, url: string, sink: SitemapSink): Promise<void> {
  const start = text.slice(0, 1_000).trimStart().slice(0, 300).toLowerCase()
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    throw new AppError('BAD_INPUT', `${url} is an HTML page, not a sitemap.`, {
      fix: 'Check the Sitemap line in robots.txt, or paste the addresses of the pages instead.',
    })
  }
  if (!start.startsWith('<')) return plainList(text, url, sink)
  let root = ''
  let inside = ''
  let location = ''
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        root ||= name
        inside = name
        if (name === 'loc') location = ''
        if (name === 'xhtml:link' && attributes['rel'] === 'alternate' && attributes['href'] !== undefined)
          sink.alternate(attributes['href'])
      },
      ontext(part) {
        if (inside === 'loc') location += part
      },
      onclosetag(name) {
        if (name === 'loc') (root === 'sitemapindex' ? sink.file : sink.page)(location.trim())
        inside = ''
      },
    },
    { xmlMode: true },
  )
  for (let at = 0; at < text.length; at += PART_CHARACTERS) {
    parser.write(text.slice(at, at + PART_CHARACTERS))
    await sink.pause()
  }
  parser.end()
  if (root !== 'urlset' && root !== 'sitemapindex') {
    throw new AppError('BAD_INPUT', `${url} is XML but no sitemap: its first element is <${root || 'nothing'}>.`, {
      fix: 'Check the Sitemap line in robots.txt.',
    })
  }
}

async function plainList(text: string, url: string, sink: SitemapSink): Promise<void> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0 || !lines.every((line) => /^https?:\/\//i.test(line))) {
    throw new AppError('BAD_INPUT', `${url} is neither a sitemap nor a list of addresses.`, {
      fix: 'Check the Sitemap line in robots.txt.',
    })
  }
  for (const line of lines) {
    sink.page(line)
    await sink.pause()
  }
}
