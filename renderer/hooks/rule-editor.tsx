import { Button, Checkbox, Modal, MultiSelect, NativeSelect, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { EVENT_WORDS, HOOK_EVENTS, PURGE_WHENS, RuleToSave, type PurgeWhen, type RuleInput } from '#shared/hook-rules.ts'
import type { HookSource } from '#shared/hook-sources.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LeaveQuestion } from '#renderer/ui/leave-question.tsx'
import { useSaveRule } from './mutations.ts'
import { RuleConditions } from './rule-conditions.tsx'
import { RuleTargets } from './rule-targets.tsx'
import { RuleText } from './rule-text.tsx'
import { RuleTrialBox } from './rule-trial.tsx'
import classes from './rules.module.css'

export const EMPTY_RULE: RuleInput = {
  id: null,
  enabled: true,
  sourceId: null,
  events: ['published'],
  type: '',
  conditions: [],
  targets: [{ kind: 'tag', text: '' }],
  purge: 'no',
  rebuild: true,
  refresh: false,
  notify: false,
}

interface RuleEditorProps {
  readonly siteId: string
  readonly sources: readonly HookSource[]
  readonly rule: RuleInput
  readonly onClose: () => void
}

const EVENTS = HOOK_EVENTS.map((value) => ({ value, label: EVENT_WORDS[value] }))
const PURGES: Readonly<Record<PurgeWhen, string>> = {
  no: 'do not purge',
  now: 'purge now (builds first)',
  'when-visited': 'purge when visited',
  'let-expire': 'let the copies expire',
}

/** Edits a rule in the order in which its sentence is read, and tries it on what was delivered. */
export function RuleEditor({ siteId, sources, rule: given, onClose }: RuleEditorProps) {
  const [rule, setRule] = useState(given)
  const save = useSaveRule(onClose)
  // Lines that were left empty are no wish.
  const meant: RuleInput = { ...rule, targets: rule.targets.filter(({ text }) => text.trim() !== '') }
  const checked = RuleToSave.safeParse(meant)
  const [shown, setShown] = useState(false)
  const issue = checked.error?.issues[0]
  // What is wrong with one tag or path stands at its field.
  const wrong = issue === undefined || issue.path.includes('text') ? null : issue.message
  const failure = save.isError ? describeFailure(save.error) : null
  const set = (change: Partial<RuleInput>) => setRule({ ...rule, ...change })
  const changed = JSON.stringify(rule) !== JSON.stringify(given)
  const [leaving, setLeaving] = useState(false)
  const leave = () => (changed ? setLeaving(true) : onClose())
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    setShown(true)
    if (checked.success) save.mutate({ siteId, rule: checked.data })
  }
  return (
    <Modal.Stack>
      <Modal
        stackId="rule"
        opened
        onClose={leave}
        title={rule.id === null ? 'New rule' : 'Rule'}
        size={760}
        yOffset="6vh"
        closeOnClickOutside={false}
      >
        <form onSubmit={submit} className={classes.editor} noValidate>
          <div className={classes.line}>
            <span className={classes.word}>When</span>
            <NativeSelect
              aria-label="Source"
              value={rule.sourceId ?? ''}
              onChange={(event) => set({ sourceId: event.currentTarget.value || null })}
              data={[{ value: '', label: 'any source' }, ...sources.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <span>sends</span>
            <MultiSelect
              size="xs"
              className={classes.grows}
              aria-label="Events"
              placeholder={rule.events.length === 0 ? 'anything' : ''}
              data={EVENTS}
              value={rule.events}
              onChange={(values) => set({ events: HOOK_EVENTS.filter((event) => values.includes(event)) })}
            />
            <span>of type</span>
            <TextInput
              aria-label="Type"
              placeholder="any"
              w={130}
              value={rule.type}
              spellCheck={false}
              onChange={(event) => set({ type: event.currentTarget.value })}
            />
          </div>
          <RuleConditions conditions={rule.conditions} onChange={(conditions) => set({ conditions })} />
          <RuleTargets targets={rule.targets} showProblems={shown} onChange={(targets) => set({ targets })} />
          <div className={classes.line}>
            <span className={classes.word}>then</span>
            <div className={classes.does}>
              <Checkbox
                label="rebuild"
                checked={rule.rebuild}
                onChange={(event) => set({ rebuild: event.currentTarget.checked })}
              />
              <Checkbox
                label="have the pages rendered again"
                checked={rule.refresh}
                onChange={(event) => set({ refresh: event.currentTarget.checked })}
              />
              <NativeSelect
                aria-label="Purge"
                value={rule.purge}
                data={PURGE_WHENS.map((value) => ({ value, label: PURGES[value] }))}
                onChange={({ currentTarget: { value } }) => set({ purge: PURGE_WHENS.find((when) => when === value) ?? 'no' })}
              />
              <Checkbox
                label="write it in the activity log"
                checked={rule.notify}
                onChange={(event) => set({ notify: event.currentTarget.checked })}
              />
            </div>
          </div>
          <p className={classes.read} aria-label="The rule as a sentence">
            <RuleText rule={meant} sourceName={sources.find(({ id }) => id === rule.sourceId)?.name ?? null} />
          </p>
          {checked.success && <RuleTrialBox siteId={siteId} rule={checked.data} />}
          {shown && wrong !== null && <FailureNote message={`${wrong}.`} fix={null} />}
          {failure && <FailureNote message={failure.message} fix={failure.fix} />}
          <DialogFooter>
            <Button variant="default" onClick={leave}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save
            </Button>
          </DialogFooter>
        </form>
      </Modal>
      <LeaveQuestion what="this rule" opened={leaving} onStay={() => setLeaving(false)} onLeave={onClose} />
    </Modal.Stack>
  )
}
