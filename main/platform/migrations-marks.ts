/** When visitors had the change of a mark, as far as was seen. */
export const MARK_ENDS = 'ALTER TABLE marks ADD COLUMN done_at INTEGER'
