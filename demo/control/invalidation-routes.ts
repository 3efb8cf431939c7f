import { AwsError } from './aws-error.ts'
import type { ApiAnswer, ApiCall, ControlParts } from './control-api.ts'
import type { Invalidation } from './invalidation-store.ts'
import { pageSize } from './page-size.ts'
import { parseXml, textsOf, valueAt, xmlDocument, type XmlNode } from './xml.ts'

type Parts = Pick<ControlParts, 'distributions' | 'invalidations' | 'invalidationStore'>

/** CreateInvalidation, GetInvalidation and ListInvalidations; null for any other call. */
export function invalidationRoutes(call: ApiCall, parts: Parts): ApiAnswer | null {
  const [, distributionId = '', , invalidationId] = call.segments
  parts.distributions.state(distributionId)
  if (call.method === 'POST' && invalidationId === undefined) return create(call, distributionId, parts)
  if (call.method !== 'GET') return null
  if (invalidationId === undefined) return list(call, distributionId, parts)
  const found = parts.invalidationStore.byId(distributionId, invalidationId)
  if (found === null) throw new AwsError(404, 'NoSuchInvalidation', 'The specified invalidation does not exist.')
  return { status: 200, xml: xmlDocument('Invalidation', invalidationNode(found)) }
}

function create(call: ApiCall, distributionId: string, parts: Parts): ApiAnswer {
  if (call.body === '') throw new AwsError(400, 'MissingBody', 'This operation requires a body. Ensure that the body is present.')
  const batch = valueAt(read(call.body), 'InvalidationBatch')
  const items = textsOf(valueAt(batch, 'Paths', 'Items', 'Path'))
  const [quantity = ''] = textsOf(valueAt(batch, 'Paths', 'Quantity'))
  const [callerReference = ''] = textsOf(valueAt(batch, 'CallerReference'))
  const created = parts.invalidations.create({ distributionId, callerReference, quantity: Number(quantity), items })
  return {
    status: 201,
    headers: { location: `${call.baseUrl}distribution/${distributionId}/invalidation/${created.id}` },
    xml: xmlDocument('Invalidation', invalidationNode(created)),
  }
}

function read(body: string): unknown {
  try {
    return parseXml(body)
  } catch {
    throw new AwsError(400, 'MalformedXML', 'The XML document is not well-formed.')
  }
}

function list(call: ApiCall, distributionId: string, parts: Parts): ApiAnswer {
  const limit = pageSize(call.query)
  const marker = call.query.get('Marker')
  const found = parts.invalidationStore.page(distributionId, marker, limit + 1)
  if (found === null) throw new AwsError(400, 'InvalidArgument', 'The marker is not valid.')
  const page = found.slice(0, limit)
  const isTruncated = found.length > limit
  return {
    status: 200,
    xml: xmlDocument('InvalidationList', {
      Marker: marker ?? '',
      NextMarker: isTruncated ? page.at(-1)?.id : undefined,
      MaxItems: limit,
      IsTruncated: isTruncated,
      Quantity: page.length,
      Items:
        page.length === 0
          ? undefined
          : {
              InvalidationSummary: page.map(({ id, createdOn, status }) => ({ Id: id, CreateTime: createdOn, Status: status })),
            },
    }),
  }
}

function invalidationNode(invalidation: Invalidation): XmlNode {
  return {
    Id: invalidation.id,
    Status: invalidation.status,
    CreateTime: invalidation.createdOn,
    InvalidationBatch: {
      Paths: { Quantity: invalidation.items.length, Items: { Path: invalidation.items } },
      CallerReference: invalidation.callerReference,
    },
  }
}
