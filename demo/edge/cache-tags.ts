import { tagHeaderName, tagsKeptPerObject } from '../distribution/cache-policies.ts'
import { textHeader, type HeaderMap } from './cache-entry.ts'

/** The tags under which a response is found by a purge: the first 50, lower case (CloudFront, "Invalidate by cache tag"). */
export function tagsOf(headers: HeaderMap): readonly string[] {
  const field = textHeader(headers, tagHeaderName) ?? ''
  return field
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== '')
    .slice(0, tagsKeptPerObject)
}
