import { AppError } from '#shared/errors.ts'
import { RuleInput, type HookRule } from '#shared/hook-rules.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'

/** What is done when something is delivered. */
export interface Rules {
  list(siteId: string): HookRule[]
  /** Returns its id. Throws `NOT_FOUND`. */
  save(siteId: string, rule: RuleInput, by: string): string
  /** Takes a rule with its id, as a file of settings has it: added, or in the place of the one that is here. */
  bring(siteId: string, rule: HookRule, by: string): void
  /** Whose site a rule is of; null when it is not here. */
  siteOf(ruleId: string): string | null
  /** Returns whose site it was of, or null. */
  remove(ruleId: string): string | null
}

interface Row {
  id: string
  rule_json: string
}

export function createRules(raw: Raw, clock: Clock): Rules {
  const bySite = raw.prepare<[string], Row>('SELECT id, rule_json FROM hook_rules WHERE site_id = ? ORDER BY created_at, id')
  const insert = raw.prepare('INSERT INTO hook_rules (id, site_id, rule_json, created_at, changed_by) VALUES (?, ?, ?, ?, ?)')
  const update = raw.prepare('UPDATE hook_rules SET rule_json = ?, changed_by = ? WHERE id = ? AND site_id = ?')
  const bring = raw.prepare(`INSERT INTO hook_rules (id, site_id, rule_json, created_at, changed_by) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET rule_json = excluded.rule_json, changed_by = excluded.changed_by`)
  const site = raw.prepare<[string], string>('SELECT site_id FROM hook_rules WHERE id = ?').pluck()
  const remove = raw.prepare<[string], { site_id: string }>('DELETE FROM hook_rules WHERE id = ? RETURNING site_id')
  return {
    list: (siteId) => bySite.all(siteId).map(({ id, rule_json }) => ({ ...RuleInput.parse(JSON.parse(rule_json)), id })),
    save(siteId, { id: given, ...rule }, by) {
      const json = JSON.stringify(rule)
      if (given === null) {
        const id = crypto.randomUUID()
        insert.run(id, siteId, json, clock(), by)
        return id
      }
      if (update.run(json, by, given, siteId).changes === 0)
        throw new AppError('NOT_FOUND', 'This rule is not here any more.', { field: 'rule.id', fix: 'Make it anew.' })
      return given
    },
    bring: (siteId, { id, ...rule }, by) => void bring.run(id, siteId, JSON.stringify(rule), clock(), by),
    siteOf: (ruleId) => site.get(ruleId) ?? null,
    remove: (ruleId) => remove.get(ruleId)?.site_id ?? null,
  }
}
