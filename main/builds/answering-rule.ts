import { AppError } from '#shared/errors.ts'
import type { AnsweringRule } from '#shared/builds.ts'
import { forcedRules, ruleAnswer, type Rule } from '#shared/http-cache/redirect-rules.ts'
import type { Raw } from '#main/platform/database.ts'
import { releaseFiles } from './release-files-task.ts'

interface Live {
  readonly release_id: string
  readonly title: string | null
  readonly redirects_json: string
}

/** What is not kept of a release is asked for; a build service that tells it no more leaves it unknown. */
export type KeepFiles = (siteId: string, releaseId: string) => Promise<void>

/** What answers an address or a path of a site, by its live release. Throws `NOT_FOUND` and `BAD_INPUT`. */
export async function answeringRule(db: Raw, keepFiles: KeepFiles, siteId: string, address: string): Promise<AnsweringRule> {
  const live = db
    .prepare<[string], Live>('SELECT release_id, title, redirects_json FROM releases WHERE site_id = ? AND live = 1')
    .get(siteId)
  if (!live) {
    throw new AppError('NOT_FOUND', 'Which release visitors get is not known, so its rules cannot be read.', {
      fix: 'Build the site, or wait until it has been looked at.',
    })
  }
  const zones = db
    .prepare<[string], { host: string; url: string }>('SELECT host, url FROM zones WHERE site_id = ? ORDER BY id')
    .all(siteId)
  const url = URL.parse(address, zones[0]?.url)
  const zone = zones.find(({ host }) => host === url?.host)
  if (url === null || zone === undefined) {
    throw new AppError('BAD_INPUT', `“${address}” is no address of this site.`, {
      field: 'address',
      fix: 'Enter a path such as /old-page, or an address of one of its zones.',
    })
  }
  // We stored it ourselves from a manifest.
  const rules = JSON.parse(live.redirects_json) as Rule[]
  const readFiles = () => releaseFiles(db, siteId, live.release_id)
  const files =
    readFiles() ??
    (await keepFiles(siteId, live.release_id).then(readFiles, (error: unknown) => {
      if (error instanceof AppError) return null
      throw error
    }))
  const file = files === null ? null : files(zone.host, url.pathname) !== null
  const { rule, target, depending } = ruleAnswer(url.pathname + url.search, file ? forcedRules(rules) : rules, url.hostname)
  const show = (shown: Rule) => ({
    ...shown,
    conditions: shown.conditions === undefined ? undefined : [...shown.conditions],
    query: shown.query === undefined ? undefined : { ...shown.query },
    place: rules.indexOf(shown) + 1,
  })
  return {
    host: zone.host,
    path: url.pathname + url.search,
    release: { id: live.release_id, title: live.title },
    file,
    rule: rule === null ? null : show(rule),
    target,
    depending: depending.map(show),
    ruleCount: rules.length,
  }
}
