import type { EdgeStatus } from '#shared/sites.ts'

const KINDS: Readonly<Record<string, string>> = { cloudfront: 'CloudFront' }
const STATES: Record<EdgeStatus['state'], string> = { ok: 'ok', 'not-read': 'not read yet', failed: 'could not be read' }

/** "CloudFront E2QWRUHAPOMQZL ok". */
export function edgeWords(edge: Pick<EdgeStatus, 'kind' | 'label' | 'state'>): string {
  return `${KINDS[edge.kind] ?? edge.kind} ${edge.label} ${STATES[edge.state]}`
}
