import { describe, expect, test } from 'vitest'
import { addressIn, siteOf } from '#renderer/app/link-address.ts'
import { linkHere } from '#renderer/lib/link-here.ts'
import { SITE } from '../fake-data.ts'

const other = { ...SITE, id: 's2', zones: [{ id: 9, host: 'www.other.example', url: 'https://www.other.example' }] }
const host = SITE.zones[0]?.host ?? ''

describe('Where a link leads', () => {
  test('the site is named by a host in any case or by its id, the open one first', () => {
    expect(siteOf('WWW.other.example', [SITE, other], SITE)?.id).toBe('s2')
    expect(siteOf('s2', [SITE, other], null)?.id).toBe('s2')
    const twin = { ...SITE, id: 's3' }
    expect(siteOf(host, [SITE, twin], twin)?.id).toBe('s3')
    expect(siteOf('unknown.example', [SITE, other], SITE)).toBeNull()
  })

  test('what a window shows and the link to it lead to each other', () => {
    const there = (pathname: string, search = '') => {
      const link = linkHere(host, pathname, search)
      return link === null || link.kind === 'why' ? null : addressIn(SITE, link)
    }
    expect(there('/purges/p1')).toBe(`/purges/p1?site=${SITE.id}`)
    expect(there('/builds', '?build=b2')).toBe(`/builds?site=${SITE.id}&build=b2`)
    expect(there('/tags', '?openTag=pb-menu%3Amain-menu')).toBe(`/tags?site=${SITE.id}&openTag=pb-menu%3Amain-menu`)
    expect(there('/pages', '?freshness=outdated&page=3')).toBe(`/pages?freshness=outdated&site=${SITE.id}`)
    expect(there('/budget')).toBeNull()
    expect(linkHere(null, '/why', '?url=https://a.example/')).toEqual({ kind: 'why', url: 'https://a.example/', at: null })
  })
})
