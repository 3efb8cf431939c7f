import { AwsError } from './aws-error.ts'

const longestItem = 4_000
const longestTag = 256
const mostItems = 3_000

/**
 * Checks the items of an invalidation. Source: CloudFront, "Specify the files to invalidate" and "Invalidate by cache
 * tag": a path begins with `/` and encodes non-ASCII and unsafe characters (RFC 1738 §2.2); a tag is `#` and visible
 * ASCII without comma.
 *
 * @throws AwsError InconsistentQuantities, BatchTooLarge or InvalidArgument.
 */
export function checkItems(items: readonly string[], quantity: number): void {
  if (quantity !== items.length) {
    throw new AwsError(
      400,
      'InconsistentQuantities',
      `Your request contains ${String(items.length)} items but a Quantity of ${String(quantity)}.`,
    )
  }
  if (items.length === 0) throw new AwsError(400, 'InvalidArgument', 'Your request must contain at least one invalidation path.')
  if (items.length > mostItems) {
    throw new AwsError(413, 'BatchTooLarge', `Your request contains more than ${String(mostItems)} invalidation paths.`)
  }
  if (!items.every(isValidItem)) {
    throw new AwsError(400, 'InvalidArgument', 'Your request contains one or more invalid invalidation paths.')
  }
}

export function isWildcard(item: string): boolean {
  return item.startsWith('/') && item.endsWith('*')
}

function isValidItem(item: string): boolean {
  if (item.length > longestItem) return false
  if (item.startsWith('#')) return item.length <= longestTag + 1 && /^#[\x21-\x2b\x2d-\x7e]+$/.test(item)
  return item.startsWith('/') && !/[^\x21-\x7e]|[<>"{}|\\^`[\]#]/.test(item) && !/%(?![0-9a-f]{2})/i.test(item)
}
