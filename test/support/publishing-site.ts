import type { SiteInput } from '#shared/sites.ts'
import type { TestDemo } from './demo.ts'
import type { S3Server } from './s3-server.ts'

export const BUCKET = 'lollies-pages'

/** The site of the built-in stack, published from a folder to a bucket instead of by its build service. */
export function publishingSite(
  stack: TestDemo,
  s3: S3Server,
  publish: Partial<{ htmlSeconds: number; keep: number }> = {},
): SiteInput {
  const { key: _key, builder: _builder, renderer: _renderer, originUrl: _origin, ...site } = stack.site
  return {
    ...site,
    objects: {
      kind: 's3',
      bucket: BUCKET,
      prefix: '',
      region: 'eu-central-1',
      endpoint: s3.url,
      forcePathStyle: true,
      credentials: { kind: 'keys', accessKeyId: 'AKIATEST', secretAccessKey: 'bucket-secret' },
      publish: { htmlSeconds: 86_400, keep: 10, ...publish },
    },
  }
}
