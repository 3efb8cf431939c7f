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
