import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { KeyPair } from '../platform/identity.ts'
import { AwsError } from './aws-error.ts'

export interface SignedRequest {
  readonly method: string
  /** Path and query as they stand in the request line. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const algorithm = 'AWS4-HMAC-SHA256'
const toleranceMs = 5 * 60_000

/**
 * Verifies an AWS Signature Version 4 in the `Authorization` header. The signing time is compared with the machine's
 * clock, not the demo's: clients sign with theirs. Source: AWS, "Create a signed AWS API request".
 *
 * @returns the key pair that signed.
 * @throws AwsError MissingAuthenticationToken, IncompleteSignature, InvalidClientTokenId, RequestExpired or
 *   InvalidSignatureException, each with 403 (400 for an incomplete one).
 */
export function verifySignature(request: SignedRequest, known: readonly KeyPair[]): KeyPair {
  const authorization = request.headers.authorization
  if (authorization === undefined)
    throw new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token')
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  const [, accessKeyId, date, region, service, signedHeaders, signature] = parts ?? []
  const signedAt = request.headers['x-amz-date']
  if (
    accessKeyId === undefined ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    signedHeaders === undefined ||
    signature === undefined ||
    typeof signedAt !== 'string'
  ) {
    throw new AwsError(400, 'IncompleteSignature', 'The request signature does not conform to AWS standards.')
  }
  const keyPair = known.find((pair) => pair.accessKeyId === accessKeyId)
  if (keyPair === undefined)
    throw new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.')
  checkTime(signedAt, date)
  const payloadHash = sha256(request.body)
  const claimedHash = request.headers['x-amz-content-sha256']
  const scope = `${date}/${region}/${service}/aws4_request`
  const expected =
    service !== 'cloudfront' || (claimedHash !== undefined && claimedHash !== payloadHash)
      ? null
      : signatureOf(
          keyPair,
          [date, region, service],
          `${algorithm}\n${signedAt}\n${scope}\n${sha256(canonicalRequest(request, signedHeaders, payloadHash))}`,
        )
  if (expected === null || !timingSafeEqual(expected, Buffer.from(signature, 'hex'))) {
    throw new AwsError(
      403,
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    )
  }
  return keyPair
}

function checkTime(signedAt: string, date: string): void {
  const iso = signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  const distanceMs = Math.abs(Date.parse(iso) - Date.now())
  if (!signedAt.startsWith(date) || !(distanceMs <= toleranceMs)) {
    throw new AwsError(403, 'RequestExpired', 'The request was signed too long ago or for a time that has not come.')
  }
}

function canonicalRequest(request: SignedRequest, signedHeaders: string, payloadHash: string): string {
  const mark = request.url.indexOf('?')
  const path = mark < 0 ? request.url : request.url.slice(0, mark)
  const query = mark < 0 ? '' : request.url.slice(mark + 1)
  const canonicalPath = path.split('/').map(encodeStrictly).join('/')
  const canonicalQuery = Array.from(
    new URLSearchParams(query),
    ([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`,
  )
    .sort()
    .join('&')
  const headers = signedHeaders.split(';').map((name) => {
    const value = request.headers[name]
    const text = Array.isArray(value) ? value.join(',') : (value ?? '')
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`
  })
  return [request.method, canonicalPath, canonicalQuery, headers.join(''), signedHeaders, payloadHash].join('\n')
}

function signatureOf(keyPair: KeyPair, scope: readonly string[], stringToSign: string): Buffer {
  const key = [...scope, 'aws4_request'].reduce<Buffer>(
    (current, part) => createHmac('sha256', current).update(part).digest(),
    Buffer.from(`AWS4${keyPair.secretAccessKey}`),
  )
  return createHmac('sha256', key).update(stringToSign).digest()
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex')
}

/** RFC 3986: everything but unreserved characters. */
function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
