import {
  answered,
  customer,
  edge,
  evidence,
  HOUR,
  hit,
  history,
  httpDate,
  MINUTE,
  miss,
  NEW,
  NOW,
  OLD,
  origin,
  page,
  purge,
} from '../../support/evidence.ts'
import { day, releases, rendered, unasked, rule, asset, type Example } from './example-parts.ts'

export const OTHER_EXAMPLES: readonly Example[] = [
  {
    cause: 'not-reachable',
    title: 'the edge gives no answer',
    evidence: evidence({
      edge: {
        first: { url: 'https://site.example/menu/', sentAtMs: NOW, failure: 'The connection was refused' },
        again: null,
        filledByUs: false,
      },
    }),
    says: /did not answer.*refused/,
    near: evidence({ edge: edge(answered(NEW, miss())) }),
  },
  {
    cause: 'not-reachable',
    title: 'the edge passes on that the origin fails',
    evidence: evidence({
      edge: edge(answered('e', miss(), { status: 503 })),
      origin: origin(null, { basis: 'origin', status: 503 }),
    }),
    says: /status 503.*origin fails/,
  },
  {
    cause: 'fallback-serving',
    title: 'a function answers until the build ends',
    evidence: evidence({
      page: page({ servedAs: 'fallback', rendersOnDemand: true }),
      rule,
      edge: edge(answered(NEW, miss())),
      origin: unasked,
      history: history({
        build: {
          state: 'running',
          title: 'New dishes',
          startedAtMs: NOW - 30_000,
          expectedEndMs: NOW + 40_000,
          startsAtMs: null,
        },
      }),
    }),
    says: /not built yet.*“New dishes” is running/,
    near: evidence({ page: rendered, rule }),
  },
  {
    cause: 'skeleton-stored',
    title: 'an empty shell in the store',
    evidence: evidence({
      page: rendered,
      edge: edge(answered(OLD, hit(60), { textLength: 90 })),
      origin: origin(NEW, { basis: 'origin', steady: true, exchange: answered(NEW, {}) }),
    }),
    says: /before its content had come.*90 characters.*origin has 3,000/,
    near: evidence({
      page: rendered,
      edge: edge(answered(OLD, hit(60), { textLength: 2_700 })),
      origin: origin(NEW, { basis: 'origin', steady: true, exchange: answered(NEW, {}) }),
    }),
  },
  {
    cause: 'error-stored',
    title: 'a 404 from before the page was built',
    evidence: evidence({ edge: edge(answered('e', hit(300, { 'x-cache': 'Error from cloudfront' }), { status: 404 })) }),
    says: /keeps an error \(status 404\).*although the origin has the page/,
    near: evidence({
      edge: edge(answered('e', hit(300), { status: 404 })),
      origin: origin(null, { basis: 'origin', status: 404 }),
    }),
  },
  {
    cause: 'assets-gone',
    title: 'a script of the page is gone',
    evidence: evidence({ companions: [asset(404)] }),
    says: /names \/app\.4f2\.js, which is not there any more/,
    near: evidence({ companions: [asset(200)] }),
  },
  {
    cause: 'companion-old',
    title: 'the data file is of an earlier deploy',
    evidence: evidence({
      companions: [
        {
          kind: 'data',
          url: 'https://site.example/menu.json',
          exchange: answered('sha256-data-1', hit(7_200)),
          originHash: 'sha256-data-2',
          inRelease: true,
        },
      ],
    }),
    says: /The page itself is not old, but its data file \/menu\.json is old/,
    near: evidence({
      companions: [
        {
          kind: 'data',
          url: 'https://site.example/menu.json',
          exchange: answered('sha256-data-2', hit(7_200)),
          originHash: 'sha256-data-2',
          inRelease: true,
        },
      ],
    }),
  },
  {
    cause: 'crawler-differs',
    title: 'a crawler is given another page',
    evidence: evidence({
      crawler: answered('sha256-for-crawlers', hit(100), { textLength: 300 }),
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(NEW, hit(10)) }],
    }),
    says: /Crawlers and visitors get different pages, and not because one is older/,
    near: evidence({
      history: releases,
      crawler: answered(OLD, hit(9_000)),
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(NEW, hit(10)) }],
    }),
  },
  {
    cause: 'clock-wrong',
    title: 'dated an hour ahead',
    evidence: evidence({ edge: edge(answered(NEW, hit(0, { date: httpDate(NOW + HOUR) }))) }),
    says: /60 min ahead of the time when it came/,
    near: evidence({ edge: edge(answered(NEW, hit(0, { date: httpDate(NOW + 5_000) }))) }),
  },
  {
    cause: 'clock-wrong',
    title: 'a negative Age',
    evidence: evidence({ edge: edge(answered(NEW, hit(0, { age: '-5' }))) }),
    says: /negative Age, -5/,
  },
  {
    cause: 'browser-only',
    title: 'the customer’s browser kept it',
    evidence: evidence({
      customer: customer(hit(0, { 'cache-control': 'max-age=86400', date: httpDate(NOW - 2 * HOUR) }), {
        fromBrowserCache: true,
      }),
    }),
    says: /The edge has the present page.*their browser had kept until \{\{time:\d+\}\}/,
    near: evidence({ customer: customer(hit(0, { date: httpDate(NOW - 20 * MINUTE) })) }),
  },
  {
    cause: 'not-cacheable',
    title: 'no-store',
    evidence: evidence({
      edge: edge(answered(NEW, miss({ 'cache-control': 'no-store' })), answered(NEW, miss({ 'cache-control': 'no-store' }))),
    }),
    says: /asks the origin for every visit, because of Cache-Control: no-store/,
    near: evidence({
      edge: edge(answered(NEW, hit(5, { 'cache-control': 'no-store' }))),
      policy: { pattern: '*', ttl: { minTtlSeconds: 60, defaultTtlSeconds: 60, maxTtlSeconds: 60, errorTtlSeconds: {} } },
    }),
  },
  {
    cause: 'varies-much',
    title: 'a copy for every cookie, and a miss',
    evidence: evidence({ edge: edge(answered(NEW, miss({ vary: 'Cookie' })), answered(NEW, hit(0, { vary: 'Cookie' }))) }),
    says: /a copy for every cookie that visitors send/,
    near: evidence({ edge: edge(answered(NEW, miss({ vary: 'Accept-Encoding' }))) }),
  },
  {
    cause: 'lifetime-missing',
    title: 'no header says how long',
    evidence: evidence({
      edge: edge(answered(NEW, { date: httpDate(NOW - 600_000), age: '600', 'last-modified': httpDate(NOW - 10 * day) })),
      origin: unasked,
    }),
    says: /No header says how long.*usual guess here is 24 h/,
    near: evidence({ edge: edge(answered(NEW, hit(600))), origin: unasked }),
  },
  {
    cause: 'lifetime-too-long',
    title: 'browsers keep for a month what changes each day',
    evidence: evidence({
      edge: edge(answered(NEW, hit(600, { 'cache-control': 'max-age=2592000' }))),
      customer: customer(hit(0, { 'cache-control': 'no-cache', date: httpDate(NOW - 2 * HOUR) }), { atMs: null, bodyHash: null }),
      seenAtMs: NOW - 2 * HOUR,
      history: history({ changesIn30Days: 30 }),
    }),
    says: /changed 30 times in 30 days, and browsers keep it 30 days/,
    near: evidence({
      edge: edge(answered(NEW, hit(600, { 'cache-control': 'max-age=0, s-maxage=2592000' }))),
      history: history({ changesIn30Days: 30, purges: [purge()] }),
      seenAtMs: NOW - HOUR,
    }),
  },
  {
    cause: 'not-compared',
    title: 'an address of nobody’s site',
    evidence: evidence({
      site: null,
      page: null,
      origin: { basis: 'none', why: 'The address belongs to no registered site, so its origin is not known.' },
    }),
    says: /was not compared: The address belongs to no registered site/,
    notSays: /up to date|right/,
    near: evidence(),
  },
  {
    cause: 'fresh-and-right',
    title: 'equal to the origin',
    evidence: evidence({ history: releases }),
    says: /Visitors get what the origin has.*Nothing is wrong/,
    near: evidence({ origin: unasked }),
  },
]
