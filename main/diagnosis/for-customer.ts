import type { Cause, CauseId, Verdict } from '#shared/diagnosis.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { at } from './wording.ts'

const ASK_BACK = 'Please reload once; if it stays old, tell us your city and the time.'
const SORRY = 'We are sorry for the trouble.'

/** Plain words to send to the person who asked. Nothing of how the site is made, no names, no addresses. */
export function forCustomer(evidence: Evidence, derived: Derived, first: Cause, right: Verdict['rightByItself']): string {
  if (derived.isPast) return ofThePast(evidence, derived)
  const byItself = right === null ? '' : ` It will be right by itself by ${at(right.atMs)} at the latest.`
  return SITUATIONS[first.id](evidence, derived, byItself)
}

type Says = (evidence: Evidence, derived: Derived, byItself: string) => string

const oldCopy: Says = (_evidence, _derived, byItself) =>
  `You are right: the page you see is an earlier copy, and there is a newer one. We are having it replaced.${byItself} After that, please reload once.`

const SITUATIONS: Readonly<Record<CauseId, Says>> = {
  'not-reachable': () =>
    `The page cannot be reached at the moment. We are looking into it; please try again in a few minutes. ${SORRY}`,
  'purge-in-progress': ({ site, history, askedAtMs }) => {
    const purge = history.purges.find(({ state, covering }) => (state === 'sent' || state === 'intent') && covering.length > 0)
    const doneMs = purge && site?.typicalPurgeMs != null ? purge.sentAtMs + site.typicalPurgeMs : null
    const when = doneMs !== null && doneMs > askedAtMs ? `, by about ${at(doneMs)}` : ' within a few minutes'
    return `You saw an earlier copy. The new page is on its way and arrives${when}. Please reload once after that; if it stays old, tell us your city and the time.`
  },
  'switch-in-progress': () =>
    `A new version of the site is being put in place right now; for some minutes some visitors still see the one before. Please reload in ten minutes.`,
  'fallback-serving': () =>
    'The page is new and is being prepared; what you see is shown meanwhile. Please look again a little later.',
  'waiting-for-build': ({ history, askedAtMs }) => {
    const endMs = history.build?.expectedEndMs ?? null
    const when = endMs !== null && endMs > askedAtMs ? ` We expect it by about ${at(endMs)}.` : ''
    return `The change you are looking for is made and not published yet. Reloading does not help until it is.${when}`
  },
  'skeleton-stored': (_evidence, _derived, byItself) =>
    `The page was kept before its content had come, so it looks empty. We are having it replaced.${byItself} Please reload after that.`,
  'error-stored': (_evidence, _derived, byItself) =>
    `You were shown an error, although the page is there. We are having that put right.${byItself} Please reload after that. ${SORRY}`,
  'stale-if-error': () =>
    'A part of the site does not answer at the moment, so you see the last good copy of the page. The newer one appears as soon as it answers again.',
  'redirect-old': (_evidence, _derived, byItself) =>
    `The address still leads to an earlier place. We are having that put right.${byItself} If it stays so, please open it in a private window.`,
  'variant-missed': oldCopy,
  'dependency-changed': oldCopy,
  'older-deploy': oldCopy,
  'old-copy': oldCopy,
  'layers-disagree': () =>
    `It depends on the moment which copy of the page is shown; some are earlier ones. We are looking into it. ${ASK_BACK}`,
  'vantages-differ': () =>
    `You saw an earlier copy, which is kept in your part of the world; elsewhere the page is new already. We are having it replaced. ${ASK_BACK}`,
  'stale-while-revalidate': () => `You saw an earlier copy; the page was being renewed at that moment. ${ASK_BACK}`,
  'assets-gone': () =>
    `The page names files that are missing, so it looks broken. We are putting that right. Please reload a little later. ${SORRY}`,
  'companion-old': () => `A part of the page is an earlier copy. We are having it replaced. ${ASK_BACK}`,
  'crawler-differs': () => 'The page itself is as it should be; search engines are shown another one. We are looking into it.',
  'clock-wrong': () =>
    `A clock on our side is wrong, so copies of pages are kept too long or too short. We are putting that right. ${ASK_BACK}`,
  'browser-only': (_evidence, derived) => {
    const madeMs = derived.after?.madeAtMs ?? null
    const replaced = madeMs === null ? 'It has been replaced since.' : `It was replaced at ${at(madeMs)} at the latest.`
    return derived.browser?.immutable === true
      ? `You saw an earlier copy that your browser had kept. ${replaced} Please open the page in a private window; if it stays old, tell us your city and the time.`
      : `You saw an earlier copy${derived.toldOld ? ' that your browser had kept' : ', if at all, that your browser had kept'}. ${replaced} ${ASK_BACK}`
  },
  'not-cacheable': () => `The page is made anew at every visit, so you see its present state. ${ASK_BACK}`,
  'varies-much': () =>
    `Nothing old was found. The page is kept in many copies, and yours may have been an earlier one. ${ASK_BACK}`,
  'lifetime-missing': () =>
    `How long browsers keep this page is not laid down, so yours may have kept an earlier copy. ${ASK_BACK}`,
  'lifetime-too-long': () => `Your browser may have kept an earlier copy of the page for too long. ${ASK_BACK}`,
  'page-gone': (_evidence, { copy }) =>
    (copy?.status ?? 0) >= 400
      ? 'There is no page at this address any more. Please start from the home page.'
      : 'This page has been taken down; what you see is a copy that is left over. It will be gone soon.',
  'not-compared': (_evidence, { copy }) => {
    if (copy === null)
      return 'We could not find out yet what you were shown. Please tell us your city and the time, and what you expected to see.'
    return `We found nothing wrong with the page, and could not compare it with its source yet. ${ASK_BACK}`
  },
  'fresh-and-right': (_evidence, { customer, copy }) => {
    if (customer?.old === false)
      return 'What you were shown is the present page. If you expected something else, please tell us what.'
    const made = copy?.madeAtMs != null && copy.stored === true ? ` The present copy is from ${at(copy.madeAtMs)}.` : ''
    return `The page is up to date as we see it.${made} ${ASK_BACK}`
  },
}

/** Tickets come late: what was there then, and when it was replaced. */
function ofThePast({ later, history, askedAtMs }: Evidence, { content, copy, thenMs, pendingSinceMs }: Derived): string {
  if ((copy?.status ?? 0) >= 400)
    return `At ${at(thenMs)} you were shown an error. Please try again; if it stays so, tell us your city and the time. ${SORRY}`
  const purged = (later?.purges ?? [])
    .flatMap(({ completedAtMs, covering }) =>
      completedAtMs !== null && covering.length > 0 && completedAtMs <= askedAtMs ? [completedAtMs] : [],
    )
    .sort((a, b) => a - b)
    .at(0)
  const replaced = purged === undefined ? '' : ` It was replaced at ${at(purged)}.`
  if (pendingSinceMs !== null)
    return `At ${at(thenMs)} the change was made and not published yet.${replaced || ' It may be by now.'} ${ASK_BACK}`
  if (content.is === 'different') return `You saw an earlier copy.${replaced} ${ASK_BACK}`
  if (content.is === 'same')
    return `At ${at(thenMs)} the page was up to date where we look; your browser may have kept an earlier copy. ${ASK_BACK}`
  const running = history.purges.some(({ state }) => state === 'sent') ? ' The page was being replaced at that time.' : ''
  return `We do not know for certain what you were shown at ${at(thenMs)}.${running}${replaced} ${ASK_BACK}`
}
