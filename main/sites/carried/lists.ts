import { AppError } from '#shared/errors.ts'
import { ruleSentence } from '#shared/hook-rules.ts'
import { isReadable } from '#shared/hook-readings.ts'
import type { PageView, PageViewContent } from '#shared/page-views.ts'
import type { ExportedRule, ExportedSite, ExportedSource, ExportedView } from '#shared/settings-file.ts'
import { manyValues, type CarriedPart } from './part.ts'

/** Where what a site has several of is kept. */
export interface ListStores {
  readonly sources: {
    list(siteId: string): ExportedSource[]
    /** Null: not known here. */
    find(sourceId: string): { readonly siteId: string; readonly kind: string } | null
    bring(siteId: string, source: ExportedSource, by: string): Promise<void>
  }
  readonly rules: {
    list(siteId: string): ExportedRule[]
    siteOf(ruleId: string): string | null
    bring(siteId: string, rule: ExportedRule, by: string): void
  }
  readonly views: {
    list(siteId: string): readonly PageView[]
    bring(siteId: string, name: string, content: PageViewContent, by: string): void
  }
  zonesOf(siteId: string): readonly { readonly id: number; readonly host: string }[]
}

export function listParts({ sources, rules, views, zonesOf }: ListStores): CarriedPart[] {
  const viewsOf = (siteId: string): ExportedView[] => {
    const hosts = new Map(zonesOf(siteId).map(({ id, host }) => [id, host]))
    return views.list(siteId).map(({ name, filter: { zoneIds, ...filter }, sort, columns }) => ({
      name,
      filter: zoneIds === undefined ? filter : { ...filter, hosts: zoneIds.flatMap((id) => hosts.get(id) ?? []) },
      sort,
      columns,
    }))
  }
  return [
    manyValues<ExportedSource>({
      ...sources,
      field: 'sources',
      of: (site) => site.sources,
      as: (values) => ({ sources: values }),
      item: (source) => ({ key: source.id, name: `source ${source.name}`, value: source }),
      afterAdding: ', switched off until you make its address and secret anew on Hooks and switch it on',
      save: sources.bring,
      check({ id, kind, reading }, _site, siteId) {
        const known = sources.find(id)
        if (known !== null && known.siteId !== siteId) throw elsewhere('source', '.id')
        if (known !== null && known.kind !== kind)
          throw refusal('.kind', 'The source is of another kind here. Remove it on Hooks first, or take it out of the file.')
        if (reading !== null && (!isReadable(kind) || reading.kind !== kind))
          throw refusal('.reading', 'A source of this kind is not asked in this way.')
      },
    }),
    manyValues<ExportedRule>({
      ...rules,
      field: 'rules',
      of: (site) => site.rules,
      as: (values) => ({ rules: values }),
      item(rule, site) {
        const source = site?.sources?.find(({ id }) => id === rule.sourceId)?.name ?? null
        return { key: rule.id, name: `rule “${ruleSentence(rule, source).replaceAll('**', '')}”`, value: rule }
      },
      save: rules.bring,
      check({ id, sourceId }, site, siteId) {
        const at = rules.siteOf(id)
        if (at !== null && at !== siteId) throw elsewhere('rule', '.id')
        if (sourceId !== null && !hasSource(site, siteId, sourceId))
          throw refusal('.sourceId', 'The source of this rule is neither in the file nor here.')
      },
    }),
    manyValues<ExportedView>({
      field: 'views',
      of: (site) => site.views,
      as: (values) => ({ views: values }),
      list: viewsOf,
      item: (view) => ({ key: view.name.toLowerCase(), name: `view “${view.name}”`, value: view }),
      save(siteId, { name, filter: { hosts, ...filter }, sort, columns }, by) {
        const ids = new Map(zonesOf(siteId).map(({ id, host }) => [host, id]))
        const zoneIds = hosts?.flatMap((host) => ids.get(host) ?? [])
        views.bring(siteId, name, { filter: zoneIds === undefined ? filter : { ...filter, zoneIds }, sort, columns }, by)
      },
      check({ filter }, site) {
        const hosts = new Set(site.settings.zones.map(({ url }) => new URL(url).host))
        const lacking = filter.hosts?.find((host) => !hosts.has(host))
        if (lacking !== undefined) throw refusal('.filter.hosts', `${lacking} is no zone of this site.`)
      },
    }),
  ]

  function hasSource(site: ExportedSite, siteId: string | null, sourceId: string): boolean {
    return (
      (site.sources ?? []).some(({ id }) => id === sourceId) || (siteId !== null && sources.find(sourceId)?.siteId === siteId)
    )
  }
}

const refusal = (field: string, message: string) => new AppError('BAD_INPUT', message, { field })
const elsewhere = (what: string, field: string) => refusal(field, `This ${what} is one of another site here.`)
