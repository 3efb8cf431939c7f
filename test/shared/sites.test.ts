import { describe, expect, test } from 'vitest'
import { SiteInput } from '#shared/sites.ts'

const SITE = {
  name: 'Shop',
  zones: [{ url: 'https://www.example.com' }],
  edge: { kind: 'cloudfront', distributionId: 'E2QWRUHAPOMQZL', credentials: { kind: 'default' } },
}

/** The first refusal: the field and the sentence. */
function refusal(change: object): string {
  const issue = SiteInput.safeParse({ ...SITE, ...change }).error?.issues[0]
  return issue === undefined ? 'taken' : `${issue.path.join('.')}: ${issue.message}`
}

describe('A site that is entered', () => {
  test('is taken with little', () => expect(refusal({})).toBe('taken'))

  test.each([
    ['no name', { name: ' ' }, 'name: Give the site a name'],
    ['no address', { zones: [] }, 'zones: Give at least one address of the site'],
    ['another scheme', { zones: [{ url: 'ftp://example.com' }] }, 'zones.0.url: Not a web address'],
    [
      'a password in the address',
      { zones: [{ url: 'https://ada:secret@example.com' }] },
      'zones.0.url: An address may not hold a name and a password',
    ],
    [
      'a distribution id of another shape',
      { edge: { ...SITE.edge, distributionId: 'abc' } },
      'edge.distributionId: A distribution id begins with E',
    ],
  ])('with %s is refused, with the field and the fix', (_name, change, sentence) => {
    expect(refusal(change)).toContain(sentence)
    expect(refusal(change)).not.toContain('secret')
  })
})
