import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type SubmitEvent } from 'react'
import { PageRules } from '#shared/page-identity.ts'
import { formatCount } from '#renderer/ui/format.ts'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { AddressTry } from './address-try.tsx'
import { useSaveRules } from './mutations.ts'
import { discoveryQueries } from './queries.ts'
import { RulesEffect } from './rules-effect.tsx'
import { CHOICES } from './rule-words.ts'
import classes from './discovery.module.css'

interface AddressRulesProps {
  readonly site: Site
  readonly onStarted: (jobId: string) => void
}

/** Which spellings of an address are one page, tried on an address and on the pages that are known before they are saved. */
export function AddressRules({ site, onStarted }: AddressRulesProps) {
  const { mayOwn } = useAccess()
  const stored = useQuery(discoveryQueries.rules(site.id))
  const [changed, setChanged] = useState<PageRules | null>(null)
  const [names, setNames] = useState<string | null>(null)
  const rules = changed ?? stored.data
  const [asked] = useDebouncedValue(rules, 200)
  const preview = useQuery({
    ...discoveryQueries.previewRules(site.id, asked ?? PageRules.parse({})),
    enabled: asked !== undefined,
  })
  const save = useSaveRules(onStarted)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (rules) save.mutate({ siteId: site.id, rules })
  }
  if (!rules) return stored.isError ? <FailureNote {...describeFailure(stored.error)} /> : <LateSkeleton rows={4} />
  const set = (to: Partial<PageRules>) => setChanged({ ...rules, ...to })
  const typeNames = (text: string) => {
    setNames(text)
    set({ queryNames: text.split(/[\s,]+/).filter((name) => name !== '') })
  }
  const counted = preview.data && !preview.isPlaceholderData && asked === rules
  const touched = preview.data ? preview.data.renamed + preview.data.merged : 0
  return (
    <form className={classes.source} onSubmit={submit} noValidate>
      <p className={classes.does}>
        Spellings that these rules write alike are one page, wherever they come from. Hosts never depend on letter case.
      </p>
      <div className={classes.grid}>
        {CHOICES.map(({ name, label, options }) => (
          <Select
            key={name}
            label={label}
            allowDeselect={false}
            disabled={!mayOwn}
            value={rules[name]}
            data={options.map((option) => ({ value: option.value, label: option.label }))}
            onChange={(value) => value !== null && setChanged(PageRules.parse({ ...rules, [name]: value }))}
          />
        ))}
        <Checkbox
          className={classes.beside}
          size="xs"
          label="Parameters in the order of their names"
          disabled={!mayOwn}
          checked={rules.sortQuery}
          onChange={(event) => set({ sortQuery: event.currentTarget.checked })}
        />
      </div>
      {rules.query === 'listed' && (
        <TextInput
          label="Parameters that stay"
          placeholder="page, lang"
          disabled={!mayOwn}
          value={names ?? rules.queryNames.join(', ')}
          onChange={(event) => typeNames(event.currentTarget.value)}
        />
      )}
      <AddressTry site={site} rules={rules} />
      {preview.isError && <FailureNote {...describeFailure(preview.error)} onTryAgain={() => void preview.refetch()} />}
      {preview.data && <RulesEffect preview={preview.data} saved={changed === null} />}
      {save.isError && <FailureNote {...describeFailure(save.error)} />}
      {mayOwn && (
        <DialogFooter>
          {changed !== null && (
            <Button
              variant="default"
              onClick={() => {
                setChanged(null)
                setNames(null)
                save.reset()
              }}
            >
              Undo
            </Button>
          )}
          <Button type="submit" disabled={!counted || (changed === null && touched === 0)} loading={save.isPending}>
            {touched === 0 ? 'Save the rules' : `Save and rewrite ${formatCount(touched)}`}
          </Button>
        </DialogFooter>
      )}
    </form>
  )
}
