import { describe, expect, test } from 'vitest'
import { EMPTY_SITE, readSite, type SiteFormValues } from '#renderer/sites/site-form-values.ts'

const typed = (change: Partial<SiteFormValues>) =>
  readSite({ ...EMPTY_SITE, name: 'Lollies', addresses: 'https://www.example.com', edgeKind: 'any-cache', ...change })
const errorsOf = (change: Partial<SiteFormValues>) => {
  const read = typed(change)
  return read.ok ? {} : read.errors
}

describe('The builder of a site', () => {
  test('is left out while nothing of it is typed', () => {
    expect(typed({})).toMatchObject({ ok: true, input: expect.not.objectContaining({ builder: expect.anything() }) })
  })

  test('at Netlify needs the site and the token, and leaves the rest to Netlify', () => {
    const netlify = { builderKind: 'netlify', netlifySite: '3970e0fe', netlifyToken: 'nfp_1' } as const
    expect(typed(netlify)).toMatchObject({ input: { builder: { kind: 'netlify', siteId: '3970e0fe', token: 'nfp_1' } } })
    expect(errorsOf({ ...netlify, netlifyToken: '' }).netlifyToken).toContain('personal access token')
    expect(errorsOf({ ...netlify, netlifySite: 'lollies.netlify.app' }).netlifySite).toContain('site id')
    expect(errorsOf({ ...netlify, netlifyBase: 'api' }).netlifyBase).toContain('web address')
  })

  test('behind a hook is called as its service wants it', () => {
    const hook = { hookUrl: 'https://builds.example/h/1' }
    expect(
      typed({
        ...hook,
        hookMethod: 'PUT',
        hookHeaders: 'X-Project: lollies\n\nX-When: 12:30',
        hookSecret: 'Authorization: Bearer a:b',
        hookBody: '{"why":"{title}"}',
      }),
    ).toMatchObject({
      input: {
        builder: {
          method: 'PUT',
          headers: [
            { name: 'X-Project', value: 'lollies' },
            { name: 'X-When', value: '12:30' },
          ],
          secretHeader: { name: 'Authorization', value: 'Bearer a:b' },
          body: '{"why":"{title}"}',
        },
      },
    })
    expect(errorsOf({ ...hook, hookHeaders: 'no colon' }).hookHeaders).toBeTruthy()
    expect(errorsOf({ ...hook, hookHeaders: 'Host: elsewhere' }).hookHeaders).toContain('connection itself')
    expect(errorsOf({ ...hook, hookSecret: 'Authorization' }).hookSecret).toContain('needs a value')
  })
})
