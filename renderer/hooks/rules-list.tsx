import { ActionIcon, Button, Switch } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RuleInput } from '#shared/hook-rules.ts'
import type { HookSource } from '#shared/hook-sources.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { showUndo } from '#renderer/ui/toast.tsx'
import { useRemoveRule, useSwitchRule } from './mutations.ts'
import { hooksQueries } from './queries.ts'
import { EMPTY_RULE, RuleEditor } from './rule-editor.tsx'
import { RuleText } from './rule-text.tsx'
import hooksClasses from './hooks.module.css'
import classes from './rules.module.css'

interface RulesListProps {
  readonly siteId: string
  readonly sources: readonly HookSource[]
}

/** What follows when something is delivered, one sentence a rule. */
export function RulesList({ siteId, sources }: RulesListProps) {
  const { mayAct } = useAccess()
  const rules = useQuery(hooksQueries.rules(siteId))
  const [editing, setEditing] = useState<RuleInput | null>(null)
  const onSwitch = useSwitchRule()
  const remove = useRemoveRule(() => {})
  const onRemove = (rule: RuleInput & { readonly id: string }) =>
    remove.mutate(
      { ruleId: rule.id },
      { onSuccess: () => showUndo('Rule removed.', () => onSwitch.mutate({ siteId, rule: { ...rule, id: null } })) },
    )
  const nameOf = (sourceId: string | null) => sources.find(({ id }) => id === sourceId)?.name ?? null
  return (
    <section className={hooksClasses.section} aria-label="Rules">
      <div className={hooksClasses.head}>
        <h2>Rules</h2>
        {mayAct && (
          <Button variant="default" onClick={() => setEditing({ ...EMPTY_RULE, sourceId: sources[0]?.id ?? null })}>
            New rule…
          </Button>
        )}
      </div>
      {rules.isError && <FailureNote {...describeFailure(rules.error)} onTryAgain={() => void rules.refetch()} />}
      {rules.data && rules.data.length === 0 && (
        <p className={classes.quiet}>No rule yet: deliveries are stored and nothing follows of them.</p>
      )}
      {rules.data && rules.data.length > 0 && (
        <ul className={classes.rules}>
          {rules.data.map((rule) => (
            <li key={rule.id} data-off={!rule.enabled || undefined}>
              <RuleText rule={rule} sourceName={nameOf(rule.sourceId)} />
              {mayAct && (
                <span className={classes.acts}>
                  <Switch
                    size="xs"
                    checked={rule.enabled}
                    aria-label={rule.enabled ? 'Switch the rule off' : 'Switch the rule on'}
                    onChange={(event) => onSwitch.mutate({ siteId, rule: { ...rule, enabled: event.currentTarget.checked } })}
                  />
                  <ActionIcon variant="subtle" color="gray" aria-label="Edit or try the rule" onClick={() => setEditing(rule)}>
                    <IconPencil size={15} />
                  </ActionIcon>
                  <ActionIcon variant="subtle" color="gray" aria-label="Remove the rule" onClick={() => onRemove(rule)}>
                    <IconTrash size={15} />
                  </ActionIcon>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <RuleEditor siteId={siteId} sources={sources} rule={editing} onClose={() => setEditing(null)} />}
    </section>
  )
}
