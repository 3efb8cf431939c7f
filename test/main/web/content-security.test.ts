import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, SECURITY_HEADERS } from '#main/web/content-security.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const policy = new Map(
  contentSecurityPolicy('NONCE', ['ws://127.0.0.1:4170'])
    .split('; ')
    .map((rule) => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources] as const
    }),
)

describe('the content policy', () => {
  it('has nothing unsafe in it, and denies whatever it does not name', () => {
    expect([...policy.values()].flat().filter((source) => /unsafe|^\*$|^https?:$/.test(source))).toEqual([])
    expect(policy.get('default-src')).toEqual(["'none'"])
    for (const name of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(name)).toEqual(["'none'"])
  })

  it('lets nothing in from elsewhere: no script, style, font, picture or connection', () => {
    expect(policy.get('script-src')).toEqual(["'self'"])
    expect(policy.get('style-src')).toEqual(["'self'", "'nonce-NONCE'"])
    expect(policy.get('font-src')).toEqual(["'self'"])
    expect(policy.get('img-src')).toEqual(["'self'", 'data:'])
    expect(policy.get('connect-src')).toEqual(["'self'", 'ws://127.0.0.1:4170'])
    for (const name of ['frame-src', 'object-src', 'worker-src', 'media-src']) expect(policy.has(name)).toBe(false)
  })

  it('is sent with headers that neither sniff nor tell where somebody came from', () => {
    expect(SECURITY_HEADERS).toMatchObject({ 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' })
  })
})

describe('the panel itself', () => {
  const sources = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|css|html)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, 'renderer', name), 'utf8') }))

  it('loads nothing from another server', () => {
    const remote =
      /<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']https?:|@import\s+["']?https?:|url\(["']?https?:|import\(["']https?:/i
    expect(sources.filter(({ text }) => remote.test(text)).map(({ name }) => name)).toEqual([])
  })

  it('makes no HTML of texts and runs no text as a program', () => {
    const makes = /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(/
    expect(sources.filter(({ text }) => makes.test(text)).map(({ name }) => name)).toEqual([])
  })
})
