import { SANITY_PROJECTION, type ReadableKind, type Reading } from '#shared/hook-readings.ts'
import type { ReadingTexts } from './reading-fields.tsx'

/** What a token has to be allowed, and where it is made. */
export const TOKENS: Readonly<Record<ReadableKind, string>> = {
  contentful: 'A delivery token, from Settings → API keys.',
  sanity: 'A token with the role Viewer, from API → Tokens in sanity.io/manage. A public dataset needs none.',
  github: 'A fine-grained token that may read the contents. A public repository needs none, but is asked less often then.',
}

/** A reading as it is entered. */
export function toTexts(reading: Reading | null): ReadingTexts {
  if (reading === null) return {}
  return Object.fromEntries(Object.entries(reading).map(([name, value]) => [name, value ?? '']))
}

/** What was entered as a reading; the core says what is wrong with it. */
export function toReading(kind: ReadableKind, texts: ReadingTexts): Reading {
  const text = (name: string, usual = '') => texts[name]?.trim() || usual
  const apiUrl = text('apiUrl') || null
  switch (kind) {
    case 'contentful':
      return { kind, space: text('space'), environment: text('environment', 'master'), apiUrl }
    case 'sanity':
      return {
        kind,
        project: text('project'),
        dataset: text('dataset', 'production'),
        filter: text('filter'),
        projection: text('projection', SANITY_PROJECTION),
        apiUrl,
      }
    case 'github':
      return { kind, repository: text('repository'), apiUrl }
  }
}
