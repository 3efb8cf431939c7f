import { Parser } from 'htmlparser2'
import { AppError } from '#shared/errors.ts'

/** What one sitemap file says: pages, or further sitemap files. */
export interface Sitemap {
  readonly pages: readonly string[]
  readonly files: readonly string[]
}

/** A sitemap file may hold this many addresses. Source: sitemaps.org, "Sitemaps XML format". */
export const URLS_PER_FILE = 50_000

/**
 * Reads a sitemap or sitemap index. Takes `urlset` and `sitemapindex` documents and plain lists of addresses. Throws
 * `BAD_INPUT` for anything else, above all for the HTML page that many sites answer in its place.
 */
export function parseSitemap(text: string, url: string): Sitemap {
  const start = text.trimStart().slice(0, 300).toLowerCase()
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    throw new AppError('BAD_INPUT', `${url} is an HTML page, not a sitemap.`, {
      fix: 'Check the Sitemap line in robots.txt, or paste the addresses of the pages instead.',
    })
  }
  if (!start.startsWith('<')) return plainList(text, url)
  const found = { pages: [] as string[], files: [] as string[], root: '' }
  let inside = ''
  let location = ''
  const parser = new Parser(
    {
      onopentagname(name) {
        found.root ||= name
        inside = name
        if (name === 'loc') location = ''
      },
      ontext(part) {
        if (inside === 'loc') location += part
      },
      onclosetag(name) {
        if (name === 'loc') (found.root === 'sitemapindex' ? found.files : found.pages).push(location.trim())
        inside = ''
      },
    },
    { xmlMode: true },
  )
  parser.end(text)
  if (found.root !== 'urlset' && found.root !== 'sitemapindex') {
    throw new AppError('BAD_INPUT', `${url} is XML but no sitemap: its first element is <${found.root || 'nothing'}>.`, {
      fix: 'Check the Sitemap line in robots.txt.',
    })
  }
  return { pages: found.pages.slice(0, URLS_PER_FILE), files: found.files.slice(0, URLS_PER_FILE) }
}

function plainList(text: string, url: string): Sitemap {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length === 0 || !lines.every((line) => /^https?:\/\//i.test(line))) {
    throw new AppError('BAD_INPUT', `${url} is neither a sitemap nor a list of addresses.`, {
      fix: 'Check the Sitemap line in robots.txt.',
    })
  }
  return { pages: lines.slice(0, URLS_PER_FILE), files: [] }
}

/** Addresses on the `Sitemap:` lines of a robots.txt. Source: RFC 9309 §2.2.4. */
export function sitemapsInRobots(text: string): string[] {
  return [...text.matchAll(/^[ \t]*sitemap[ \t]*:[ \t]*(\S+)/gim)].map((match) => match[1] ?? '')
}
