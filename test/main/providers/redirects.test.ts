import { describe, expect, test } from 'vitest'
import { forcedRules, ruleAnswer, servedByRule } from '#shared/http-cache/redirect-rules.ts'
import { readNetlifyToml } from '#main/providers/local/netlify-toml.ts'
import { readRedirectsFile } from '#main/providers/local/redirects-file.ts'

const FILE = `
# what moved
/home              /
/blog/:year/:slug  /news/:slug?y=:year  302   # temporary
/store id=:id      /products/:id
/store             /products
/shop/*            https://shop.example.com/:splat  301!
/de/*              /german/:splat  200  Country=de,at Language=de
/*                 /.functions/render/:splat  200
`

describe('A _redirects file', () => {
  const { rules, problems } = readRedirectsFile(FILE)
  const to = (path: string, host?: string) => ruleAnswer(path, rules, host).target

  test('is read line by line', () => {
    expect(problems).toEqual([])
    expect(rules).toHaveLength(7)
    expect(rules[0]).toEqual({ from: '/home', to: '/', status: 301 })
    expect(forcedRules(rules).map(({ from }) => from)).toEqual(['/shop/*'])
  })

  test('answers with the first rule that matches, its parts filled in', () => {
    expect(to('/home')).toBe('/')
    expect(to('/home/')).toBe('/')
    expect(to('/blog/2024/first')).toBe('/news/first?y=2024')
    expect(to('/shop')).toBe('https://shop.example.com/')
    expect(to('/shop/a/b')).toBe('https://shop.example.com/a/b')
    expect(to('/anything/else')).toBe('/.functions/render/anything/else')
  })

  test('matches a query only where the rule names one', () => {
    expect(to('/store?id=7')).toBe('/products/7')
    expect(to('/store?x=7')).toBe('/products')
    expect(to('/home?utm=x')).toBe('/')
  })

  test('names the rules that depend on the visitor, and decides none of them', () => {
    const { rule, depending } = ruleAnswer('/de/seite', rules)
    expect(rule?.from).toBe('/*')
    expect(depending).toMatchObject([{ from: '/de/*', conditions: ['Country=de,at', 'Language=de'] }])
    expect(servedByRule('/de/seite', rules)).toBe('unknown')
    expect(servedByRule('/elsewhere', rules)).toBe('fallback')
  })

  test('tells the lines that cannot be taken, and keeps the rest', () => {
    const read = readRedirectsFile('/a /b\nnowhere /c\n/d\n/e /f 302 sideways\n/gone/* 410')
    expect(read.rules.map(({ from, status }) => [from, status])).toEqual([
      ['/a', 301],
      ['/gone/*', 410],
    ])
    expect(read.problems).toEqual([
      '_redirects, line 2: “nowhere” is no path: it must begin with a slash.',
      '_redirects, line 3: It has no target.',
      '_redirects, line 4: “sideways” is neither a target, a status nor a condition.',
    ])
  })

  test('may name the host that it is about', () => {
    const hosts = readRedirectsFile('http://blog.example.com/* https://www.example.com/blog/:splat 301!').rules
    expect(ruleAnswer('/a', hosts, 'blog.example.com').target).toBe('https://www.example.com/blog/a')
    expect(ruleAnswer('/a', hosts, 'www.example.com').rule).toBeNull()
    expect(ruleAnswer('/a', hosts).rule).toBeNull()
  })
})

describe('A netlify.toml', () => {
  test('has rules and the build', () => {
    const read = readNetlifyToml(`
      [build]
      command = "npm run build"
      publish = "_site"
      [[redirects]]
      from = "/old/*"
      to = "/new/:splat"
      status = 302
      force = true
      query = {lang = ":lang"}
      [redirects.conditions]
      Country = ["de", "at"]
      [[redirects]]
      from = "/x"
      to = "/y"
      [[redirects]]
      to = "/nowhere"`)
    expect(read).toMatchObject({ command: 'npm run build', publish: '_site' })
    expect(read.rules).toEqual([
      { from: '/old/*', to: '/new/:splat', status: 302, force: true, query: { lang: ':lang' }, conditions: ['Country=de,at'] },
      { from: '/x', to: '/y', status: 301 },
    ])
    expect(read.problems).toEqual(['netlify.toml, redirect 3: from cannot be read.'])
  })

  test('that is broken says so, and has no rules', () => {
    const read = readNetlifyToml('[[redirects]\nfrom =')
    expect(read.rules).toEqual([])
    expect(read.problems[0]).toMatch(/^netlify\.toml cannot be read/)
  })
})
