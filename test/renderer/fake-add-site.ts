import type { SiteLook } from '#shared/add-site.ts'

/** What a screen shows of a site that is about to be added. */
export const SITE_LOOK: SiteLook = {
  asked: 'https://shop.example/',
  url: 'https://shop.example',
  status: 200,
  title: 'The shop',
  edges: [
    {
      kind: 'cloudfront',
      name: 'CloudFront',
      evidence: ['x-amz-cf-pop: FRA56-P4', 'via: 1.1 abc.cloudfront.net (CloudFront)', 'x-cache: Hit from cloudfront'],
    },
  ],
  generator: { name: 'Eleventy v3.1.7', evidence: ['<meta name="generator" content="Eleventy v3.1.7">'] },
  tagsBy: ['<ssr-cache> elements'],
  pages: { robots: true, files: ['https://shop.example/sitemap.xml'], addresses: 1_204, more: false },
  problems: [],
  unknown: [],
  known: [],
}
