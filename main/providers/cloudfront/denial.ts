/** What a refusal of AWS names. */
interface Denial {
  readonly action: string | null
  readonly resource: string | null
  /** Why: an explicit deny is not ended by allowing something. */
  readonly because: 'not-allowed' | 'explicit-deny' | 'boundary' | 'organization'
}

/**
 * Reads the sentence of an AccessDenied: "User: … is not authorized to perform: ACTION on resource: ARN because …".
 * Source: IAM user guide, "Troubleshoot access denied error messages".
 */
export function readDenial(message: string): Denial {
  const [, action = null] = /not authorized to perform: ([a-z0-9-]+:[A-Za-z*]+)/.exec(message) ?? []
  const [, resource = null] = /on resource: (arn:\S+?)(?=[\s,.]*(?:because|with|$))/.exec(message) ?? []
  const because = /service control policy|resource control policy/i.test(message)
    ? 'organization'
    : /permissions boundary/i.test(message)
      ? 'boundary'
      : /explicit deny/i.test(message)
        ? 'explicit-deny'
        : 'not-allowed'
  return { action, resource, because }
}

/** What to do about a refusal of an action. */
export function denialFix({ because, resource }: Denial, action: string): string {
  switch (because) {
    case 'organization':
      return `A policy of the AWS organization forbids ${action}: only its administrator can change that.`
    case 'boundary':
      return `The permissions boundary of this user or role does not have ${action}: it has to be added there, too.`
    case 'explicit-deny':
      return `A policy of this user or role denies ${action} by name: take that statement out.`
    case 'not-allowed':
      return `Allow ${action}${resource === null ? '' : ` on ${resource}`} in the IAM policy of this user or role.`
  }
}
