import { AwsError } from './aws-error.ts'

/** The `MaxItems` of a listing: 1 to 100, by default 100. */
export function pageSize(query: URLSearchParams): number {
  const text = query.get('MaxItems')
  if (text === null) return 100
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new AwsError(400, 'InvalidArgument', 'MaxItems must be a positive number.')
  return Math.min(count, 100)
}
