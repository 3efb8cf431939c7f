import { describe, expect, test } from 'vitest'
import { readDeepLink } from '#shared/deep-link.ts'
import { copyOf } from '#renderer/pages/copy-as.ts'
import { makePages } from '../fake-data.ts'

const [first] = makePages(1, Date.UTC(2026, 10, 21))
const rows = first ? [{ ...first, path: "/it's?token=abc|d" }] : []
const zoneOf = () => ({ host: 'www.example.com', url: 'https://www.example.com/' })

describe('Copied pages', () => {
  test('are their addresses, and commands that a shell takes for one address', () => {
    expect(copyOf(rows, 'urls', zoneOf)).toBe("https://www.example.com/it's?token=abc|d")
    expect(copyOf(rows, 'curl', zoneOf)).toContain("'https://www.example.com/it'\\''s?token=abc|d'")
  })

  test('are links that open them', () => {
    expect(readDeepLink(copyOf(rows, 'links', zoneOf))).toEqual({
      kind: 'page',
      site: 'www.example.com',
      path: "/it's?token=abc|d",
    })
  })

  test('are a table for a ticket, without what gives access', () => {
    const [, , line = ''] = copyOf(rows, 'markdown', zoneOf).split('\n')
    expect(line).not.toContain('abc')
    expect(line.split(' | ')).toHaveLength(4)
  })
})
