import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A few calls of CloudFront's REST API, with answers that a test can replace. Speaks XML like the real one. */
export interface FakeCloudFront {
  /** Below `localhost`, so that name resolution is tested too. */
  readonly endpoint: string
  readonly distributionId: string
  /** Every CreateInvalidation body that came. */
  readonly purges: string[]
  /** Answers the next requests before the usual rules do; null from it means: as usual. */
  intercept: (request: IncomingMessage) => Intercepted | null
  /** How many invalidations a list call answers with at most. */
  rowsPerList: number
  /** Somebody else purges. `createdOn` null: the API tells no date of it. */
  purgedByOthers(items: readonly string[], createdOn: string | null, reference?: string): string
  stop(): Promise<void>
}

export interface Intercepted {
  readonly status: number
  readonly type?: string
  readonly body: string
}

export const FAKE_KEY = { accessKeyId: 'AKIAFAKEFAKEFAKEFAKE', secretAccessKey: 'fake/secret+Fake' }
export const FAKE_POLICY_ID = '11111111-2222-3333-4444-555555555555'

export async function startFakeCloudFront(): Promise<FakeCloudFront> {
  const distributionId = 'EFAKEDIST00001'
  const sent = new Map<string, { id: string; items: string; createdOn: string; asked: number }>()
  const purges: string[] = []

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request)
    const path = (request.url ?? '').replace(/^\/\d{4}-\d\d-\d\d/, '').split('?')[0] ?? ''
    if (request.method === 'POST' && path.endsWith('/invalidation')) purges.push(body)
    const intercepted = fake.intercept(request)
    if (intercepted) {
      response.writeHead(intercepted.status, { 'content-type': intercepted.type ?? 'text/xml' }).end(intercepted.body)
      return
    }
    if (!(request.headers.authorization ?? '').includes(FAKE_KEY.accessKeyId)) {
      return error(response, 403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
    }
    if (path.startsWith('/cache-policy/')) return xml(response, 200, policyXml(path.slice('/cache-policy/'.length)))
    if (path === '/distribution') return xml(response, 200, distributionListXml(distributionId))
    const [, id, rest] = /^\/distribution\/([^/]+)(.*)$/.exec(path) ?? []
    if (id !== distributionId) return error(response, 404, 'NoSuchDistribution', 'The specified distribution does not exist.')
    if (rest === '') return xml(response, 200, distributionXml(distributionId))
    if (rest === '/config') response.setHeader('etag', 'EFAKETAG00001')
    if (rest === '/config') return xml(response, 200, configXml('DistributionConfig'))
    if (rest === '/invalidation' && request.method === 'POST') {
      const reference = /<CallerReference>(.*?)<\/CallerReference>/.exec(body)?.[1] ?? ''
      const items = /<Paths>(.*?)<\/Paths>/.exec(body)?.[1] ?? ''
      const known = sent.get(reference)
      if (known && known.items !== items) return error(response, 400, 'InvalidationBatchAlreadyExists', 'Already exists.')
      const entry = known ?? {
        id: `I${String(sent.size + 1).padStart(13, '0')}`,
        items,
        createdOn: new Date().toISOString(),
        asked: 0,
      }
      sent.set(reference, entry)
      return xml(response, 201, invalidationXml(entry.id, 'InProgress', entry.createdOn, reference, items))
    }
    if (rest === '/invalidation' && request.method === 'GET') {
      const query = new URL(request.url ?? '', 'http://localhost').searchParams
      const all = [...sent.values()].reverse()
      const from = query.has('Marker') ? all.findIndex(({ id }) => id === query.get('Marker')) + 1 : 0
      if (query.has('Marker') && from === 0) return error(response, 400, 'InvalidArgument', 'The marker is not valid.')
      return xml(
        response,
        200,
        invalidationListXml(all.slice(from, from + fake.rowsPerList), from + fake.rowsPerList < all.length),
      )
    }
    for (const [reference, entry] of sent) {
      if (rest !== `/invalidation/${entry.id}`) continue
      entry.asked += 1
      return xml(
        response,
        200,
        invalidationXml(entry.id, entry.asked > 1 ? 'Completed' : 'InProgress', entry.createdOn, reference, entry.items),
      )
    }
    return error(response, 404, 'NoSuchInvalidation', 'The specified invalidation does not exist.')
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on TCP always has an address with a port.
  const { port } = server.address() as AddressInfo
  const fake: FakeCloudFront = {
    endpoint: `http://cloudfront.localhost:${port}`,
    distributionId,
    purges,
    intercept: () => null,
    rowsPerList: 100,
    purgedByOthers(items, createdOn, reference = `ci-${sent.size}`) {
      const id = `I${String(sent.size + 1).padStart(13, '0')}`
      const paths = `<Quantity>${items.length}</Quantity><Items>${items.map((item) => `<Path>${item}</Path>`).join('')}</Items>`
      sent.set(reference, { id, items: paths, createdOn: createdOn ?? '', asked: 9 })
      return id
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}

export function errorXml(code: string, message: string): string {
  return `<?xml version="1.0"?><ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>fake</RequestId></ErrorResponse>`
}

function error(response: ServerResponse, status: number, code: string, message: string): void {
  xml(response, status, errorXml(code, message))
}

function xml(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function invalidationXml(id: string, status: string, createdOn: string, reference: string, paths: string): string {
  return `<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id><Status>${status}</Status>${createTime(createdOn)}<InvalidationBatch><Paths>${paths}</Paths><CallerReference>${reference}</CallerReference></InvalidationBatch></Invalidation>`
}

function createTime(createdOn: string): string {
  return createdOn === '' ? '' : `<CreateTime>${createdOn}</CreateTime>`
}

function invalidationListXml(rows: readonly { readonly id: string; readonly createdOn: string }[], more: boolean): string {
  const items = rows.map(
    ({ id, createdOn }) =>
      `<InvalidationSummary><Id>${id}</Id>${createTime(createdOn)}<Status>Completed</Status></InvalidationSummary>`,
  )
  const next = more ? `<NextMarker>${rows.at(-1)?.id}</NextMarker>` : ''
  return `<InvalidationList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker>${next}<MaxItems>100</MaxItems><IsTruncated>${more}</IsTruncated><Quantity>${rows.length}</Quantity><Items>${items.join('')}</Items></InvalidationList>`
}

function distributionListXml(id: string): string {
  return `<DistributionList xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Marker></Marker><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>1</Quantity><Items><DistributionSummary><Id>${id}</Id><Status>Deployed</Status></DistributionSummary></Items></DistributionList>`
}

function policyXml(id: string): string {
  return `<CachePolicy xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id><LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime><CachePolicyConfig><Name>pages</Name><MinTTL>0</MinTTL><DefaultTTL>60</DefaultTTL><MaxTTL>3600</MaxTTL></CachePolicyConfig></CachePolicy>`
}

function distributionXml(id: string): string {
  return `<Distribution xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>${id}</Id><Status>Deployed</Status><DomainName>dfake.cloudfront.net</DomainName>${configXml('DistributionConfig')}</Distribution>`
}

function configXml(root: string): string {
  return `<${root}><CallerReference>c</CallerReference><Aliases><Quantity>1</Quantity><Items><CNAME>www.example.com</CNAME></Items></Aliases>
    <DefaultCacheBehavior><TargetOriginId>o</TargetOriginId><CachePolicyId>${FAKE_POLICY_ID}</CachePolicyId></DefaultCacheBehavior>
    <CacheBehaviors><Quantity>2</Quantity><Items>
      <CacheBehavior><PathPattern>/assets/*</PathPattern><TargetOriginId>o</TargetOriginId><CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId></CacheBehavior>
      <CacheBehavior><PathPattern>/old/*</PathPattern><TargetOriginId>o</TargetOriginId><MinTTL>5</MinTTL><DefaultTTL>50</DefaultTTL><MaxTTL>500</MaxTTL></CacheBehavior>
    </Items></CacheBehaviors>
    <Origins><Quantity>2</Quantity><Items>
      <Origin><Id>api</Id><DomainName>api.example.com</DomainName><OriginPath>/v1</OriginPath></Origin>
      <Origin><Id>o</Id><DomainName>files.example.com</DomainName><OriginPath>/releases/r-1</OriginPath></Origin>
    </Items></Origins>
    <CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>404</ErrorCode><ErrorCachingMinTTL>30</ErrorCachingMinTTL></CustomErrorResponse></Items></CustomErrorResponses>
    <CacheTagConfig><HeaderName>Cache-Tag</HeaderName></CacheTagConfig>
    <Comment>fake</Comment><Enabled>true</Enabled></${root}>`.replace(/>\s+</g, '><')
}
