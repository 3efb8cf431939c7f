import type { Generator } from '#shared/local-project.ts'
import type { SiteFormValues } from '../site-form-values.ts'

const NAMES: Readonly<Record<Generator, string | null>> = {
  eleventy: 'Eleventy',
  hugo: 'Hugo',
  astro: 'Astro',
  'next-export': 'Next.js',
  next: 'Next.js',
  gatsby: 'Gatsby',
  vite: 'Vite',
  command: null,
}

/** What makes the pages, where they do not say it themselves. */
export function madeWith({ builderKind, projectFolder, generator, buildCommand }: SiteFormValues): string {
  if (builderKind !== 'local' || projectFolder.trim() === '')
    return 'not recognised. Builds are followed once a build hook or a project folder is named'
  const name = NAMES[generator]
  if (name !== null) return `${name}, as the project folder says`
  return buildCommand === '' ? 'not recognised; the project folder is named' : `“${buildCommand}”, as the project folder says`
}
