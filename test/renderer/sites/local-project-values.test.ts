import { describe, expect, test } from 'vitest'
import { detectedValues } from '#renderer/sites/local-project-values.ts'
import { EMPTY_SITE, formField, readSite } from '#renderer/sites/site-form-values.ts'
import { ELEVENTY } from '../fake-projects.ts'

const GOOD = {
  ...EMPTY_SITE,
  name: 'Lollies',
  addresses: 'https://a.example',
  edgeKind: 'any-cache',
  builderKind: 'local',
  projectFolder: '/home/ada/lollies',
  ...detectedValues(ELEVENTY),
} as const

describe('A local project in the form', () => {
  test('becomes what the core takes, with its variables and where it is published to', () => {
    const filled = { ...GOOD, buildEnvironment: 'TOKEN=a=b\n\nMODE="fast one"', publishFolder: ' /srv/www/lollies ' }
    expect(readSite(filled)).toMatchObject({
      ok: true,
      input: {
        builder: {
          kind: 'local',
          folder: '/home/ada/lollies',
          command: 'npm run build',
          outputFolder: '_site',
          generator: 'eleventy',
          dropHtml: false,
          environment: { TOKEN: 'a=b', MODE: 'fast one' },
          publish: { kind: 'folder', folder: '/srv/www/lollies' },
        },
      },
    })
  })

  test('has what was typed about a build hook no more', () => {
    expect(JSON.stringify(readSite({ ...GOOD, hookUrl: 'https://builds.example/secret' }))).not.toContain('builds.example')
  })

  test('says at each field what is wrong with it', () => {
    const wrong = {
      ...GOOD,
      projectFolder: 'lollies',
      buildCommand: '',
      outputFolder: '../elsewhere',
      buildEnvironment: '1=x',
      keepReleases: 'many',
    }
    expect(readSite(wrong)).toMatchObject({
      ok: false,
      errors: {
        projectFolder: expect.stringContaining('whole path'),
        buildCommand: expect.stringContaining('command'),
        outputFolder: expect.stringContaining('below'),
        buildEnvironment: expect.stringContaining('letters'),
        keepReleases: 'Enter a whole number from 2 to 500',
      },
    })
    expect(formField('builder.publish.folder')).toBe('publishFolder')
  })
})
