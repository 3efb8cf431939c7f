/** The edges that a site can have, as they are chosen. */
export const EDGES = [
  { value: 'cloudfront', label: 'CloudFront' },
  { value: 'varnish', label: 'Varnish' },
  { value: 'any-cache', label: 'Another cache, only look' },
] as const
