import type { EdgeStatus } from '#shared/sites.ts'

const KINDS: Readonly<Record<string, string>> = { cloudfront: 'CloudFront', varnish: 'Varnish' }
const STATES: Record<EdgeStatus['state'], string> = {
  ok: 'ok',
  'not-read': 'not read yet',
  'no-access': 'no access yet',
  failed: 'could not be read',
}
const FAILURES: Record<NonNullable<EdgeStatus['failure']>, string> = {
  refused: 'refused to be read',
  unreachable: 'cannot be reached',
  other: 'could not be read',
}

/** The edge's kind as people know it. */
export function edgeName(kind: string): string {
  return KINDS[kind] ?? kind
}

/** "CloudFront E2QWRUHAPOMQZL ok", "Varnish at 10.0.0.1:6081 ok". */
export function edgeWords(edge: Pick<EdgeStatus, 'kind' | 'label' | 'state' | 'failure'>): string {
  if (edge.kind === 'any-cache') return 'Another cache, only looked at'
  return `${edgeLabel(edge)} ${edge.failure === null ? STATES[edge.state] : FAILURES[edge.failure]}`
}

/** Which edge it is: "CloudFront E2QWRUHAPOMQZL", "Varnish at 10.0.0.1:6081". */
export function edgeLabel({ kind, label }: Pick<EdgeStatus, 'kind' | 'label'>): string {
  return `${edgeName(kind)} ${kind === 'varnish' ? 'at ' : ''}${label}`
}
