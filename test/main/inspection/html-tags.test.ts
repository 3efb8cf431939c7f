import { describe, expect, test } from 'vitest'
import { htmlTags } from '#main/inspection/html-tags.ts'

const tags = (html: string) => htmlTags(Buffer.from(html))
const element = (id: string) => `<ssr-cache data-class="pb-menu" data-id="${id}"></ssr-cache>`

describe('Tags in HTML', () => {
  test('are read in order, each once, whatever the quotes and the case', () => {
    expect(
      tags(`<p>${element('a')}<SSR-CACHE data-class='pb-Menu' data-id=a /><ps-tag data-class="list">${element('ü')}`),
    ).toEqual(['pb-menu:a', 'list', 'pb-menu:ü'])
  })

  test.each([
    ['a comment', (inside: string) => `<!-- ${inside} -->`],
    ['a script', (inside: string) => `<script>const html = '${inside}'</script>`],
    ['a style', (inside: string) => `<style>/* ${inside} */</style>`],
    ['a title', (inside: string) => `<title>${inside}</title>`],
    ['a text area', (inside: string) => `<textarea>${inside}</textarea >`],
  ])('are not looked for in %s, but behind it', (_where, around) => {
    expect(tags(`<body>${around(element('in'))}${element('out')}`)).toEqual(['pb-menu:out'])
  })

  test('are not made of an attribute that holds markup', () => {
    expect(tags(`<p title='<ssr-cache data-class="x">'>${element('out')}`)).toEqual(['pb-menu:out'])
    expect(tags(`<p title="a > b <ssr-cache data-class=x>">${element('out')}`)).toEqual(['pb-menu:out'])
  })

  test('need a whole element', () => {
    expect(tags('<ssr-cachet data-class="x"></ssr-cachet>')).toEqual([])
    expect(tags('<!-- <ssr-cache data-class="x">')).toEqual([])
  })
})
