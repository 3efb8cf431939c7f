import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSelector, steadyBody } from '#main/inspection/steady-body.ts'
import { SiteInput } from '#shared/sites.ts'

const steady = (html: string, ...selectors: string[]) => Buffer.from(steadyBody(Buffer.from(html), selectors)).toString('utf8')

describe('A page without what changes at every render', () => {
  test.each([
    ['nonces', (x: string) => `<p>é</p><script nonce="${x}" src=/a.js>1</script><style nonce=${x}>b{}</style>`],
    ['tokens in forms', (x: string) => `<form><input type=hidden name="authenticity_token" value="${x}"><input name=q></form>`],
    ['tokens in the head', (x: string) => `<meta name="csrf-token" content="${x}"><title>a</title>`],
    ['a policy in the head', (x: string) => `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-${x}'"><p>`],
  ])('%s', (_what, page) => {
    expect(steady(page('r4nd0m'))).toBe(steady(page('other')))
    expect(steady(page('r4nd0m'))).not.toContain('r4nd0m')
  })

  test('instants in comments', () => {
    const page = (at: string) => `<p>x</p><!-- cached ${at} by plugin -->`
    expect(steady(page('2026-11-05T12:00:00Z'))).toBe(steady(page('2026-11-06 13:01:02')))
    expect(steady(page('in 0.123 seconds'))).toBe(steady(page('in 0.5 seconds')))
    expect(steady(page('1763700000'))).toBe(steady(page('1763700001')))
  })

  test('what the site names, with all that is in it', () => {
    const page = (x: string) =>
      `<div id=clock><p>${x}<br><b>${x}</b></div><time>${x}</time><i class="a hello b">${x}</i><u data-id="7">${x}</u><p>stays`
    const selectors = ['#clock', 'time', '.hello', '[data-id="7"]']
    expect(steady(page('1'), ...selectors)).toBe('<p>stays')
    expect(steady(page('1'), ...selectors)).toBe(steady(page('2'), ...selectors))
  })

  test('content that differs still differs', () => {
    expect(steady('<p>a</p>')).not.toBe(steady('<p>b</p>'))
    expect(steady('<input type=hidden name=product value=1>')).not.toBe(steady('<input type=hidden name=product value=2>'))
    expect(steady('<p>at 2026-11-05T12:00:00Z</p>')).not.toBe(steady('<p>at 2026-11-06T12:00:00Z</p>'))
  })

  test('a page that has none of it is its own bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const kept = steadyBody(bytes, ['#clock'])
        return (
          kept.length <= bytes.length && Buffer.from(kept).equals(Buffer.from(steadyBody(Uint8Array.from(bytes), ['#clock'])))
        )
      }),
      { numRuns: 5_000 },
    )
    const plain = Buffer.from('<p>é\u0000</p>')
    expect(steadyBody(plain, [])).toBe(plain)
  })
})

test('a selector that can be entered is one that is understood', () => {
  const entered = SiteInput.shape.volatileSelectors
  for (const selector of ['#a', '.b-c', 'time', '[data-x]', '[data-x=1]', '[data-x="a b"]']) {
    expect([entered.safeParse([selector]).success, parseSelector(selector) !== null]).toEqual([true, true])
  }
  for (const selector of ['', 'a b', 'a > b', '*', ':hover', '[x', '#', 'a.b', '[x=]y]']) {
    expect([selector, entered.safeParse([selector]).success, parseSelector(selector)]).toEqual([selector, false, null])
  }
})
