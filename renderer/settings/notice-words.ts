import type { NoticeKind } from '#shared/notices.ts'

/** Each kind in a person's words, in the order of the list. */
export const NOTICE_WORDS: Readonly<Record<NoticeKind, { readonly name: string; readonly says: string }>> = {
  'build-done': { name: 'A build is done', says: 'Whoever asked for it, also outside Frostline' },
  'build-failed': { name: 'A build failed', says: 'Or its service answers no longer' },
  'purge-verified': { name: 'A purge is verified', says: 'All checked pages are new' },
  'purge-not-new': { name: 'Pages are not new after a purge', says: 'Or the purge failed' },
  'budget-part': { name: '80 % of the free items are used', says: 'Once a month for each account' },
  'budget-soft': { name: 'The soft limit is reached', says: 'Further purges ask first' },
  'budget-hard': { name: 'The hard stop is reached', says: 'Nothing is purged until an owner lets it pass' },
  'source-failing': { name: 'Deliveries of a source fail', says: 'Once, until one is worked through again' },
}
