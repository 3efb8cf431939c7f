import type { KeyPair } from '../platform/identity.ts'

export interface PurgerParts {
  /** Of the control API. */
  readonly endpoint: string
  readonly distributionId: string
  readonly credentials: KeyPair
}

/**
 * Has the edge drop one path, in every zone, with an invalidation of one item. The site is a client of the control API
 * like any other: its requests are signed, counted and may be throttled. A repeated reference is not counted again.
 *
 * @throws what the API refuses with.
 */
export async function purgePath(parts: PurgerParts, path: string, callerReference: string): Promise<void> {
  // Loaded late: most runs of the demo never need it, and it takes a while.
  const { CloudFrontClient, CreateInvalidationCommand } = await import('@aws-sdk/client-cloudfront')
  const { endpoint, distributionId, credentials } = parts
  const client = new CloudFrontClient({ endpoint, region: 'us-east-1', credentials })
  try {
    await client.send(
      new CreateInvalidationCommand({
        DistributionId: distributionId,
        InvalidationBatch: { CallerReference: callerReference, Paths: { Quantity: 1, Items: [path] } },
      }),
    )
  } finally {
    client.destroy()
  }
}
