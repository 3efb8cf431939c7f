import type { ReleaseText } from '../release-texts.ts'

interface Data {
  readonly text: ReleaseText
}

export const data = {
  pagination: { data: 'texts', size: 1, alias: 'text' },
  permalink: ({ text }: Data): string => text.file,
}

export function render({ text }: Data): string {
  return text.content
}
