import type { AnsweringRule } from '#shared/builds.ts'
import type { Detection } from '#shared/local-project.ts'

/** What a folder with an Eleventy project in it is told to be. */
export const ELEVENTY: Detection = {
  generator: 'eleventy',
  name: 'Eleventy',
  command: 'npm run build',
  outputFolder: '_site',
  dropHtml: false,
  reason: 'Because there is eleventy.config.js, and package.json has a build script (eleventy).',
}

export function makeRule(address: string): AnsweringRule {
  return {
    host: 'lollies.example.com',
    path: address,
    release: { id: 'r-7', title: 'Rebuild' },
    file: false,
    rule: { from: '/old/*', to: '/new/:splat', status: 301, place: 3 },
    target: '/new/lolly',
    depending: [{ from: '/old/de/*', to: '/alt/:splat', status: 302, conditions: ['Country=de'], place: 2 }],
    ruleCount: 12,
  }
}
