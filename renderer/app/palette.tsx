import { Loader, Modal, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { Fragment, useEffect, useEffectEvent, useId, useState, type KeyboardEvent } from 'react'
import { useNavigate } from 'react-router'
import * as z from 'zod'
import type { Site } from '#shared/sites.ts'
import { commandsFor, RecentCommand, recentFirst, withRecent, type Command } from '#renderer/lib/commands.ts'
import { palette } from '#renderer/lib/palette.ts'
import { remember, remembered } from '#renderer/lib/remembered.ts'
import { keysOf } from '#renderer/lib/use-shortcuts.ts'
import { countOf } from '#renderer/ui/format.ts'
import { useAllCommands } from './palette-commands.ts'
import { askedNow, useFoundCommands } from './palette-found.ts'
import classes from './palette.module.css'

interface PaletteProps {
  readonly sites: readonly Site[]
  readonly onChooseSite: (siteId: string) => void
}

/** Longer than a letter takes, shorter than a thought. */
const PAUSE_MS = 120
const RECENT = 'recent-commands'
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

/** Everything that can be done, opened or found, by a few letters. */
export function Palette(props: PaletteProps) {
  return (
    <Modal
      opened
      onClose={palette.close}
      withCloseButton={false}
      size={640}
      padding={0}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': 'Search or do anything' } }}
    >
      <Content {...props} />
    </Modal>
  )
}

function Content({ sites, onChooseSite }: PaletteProps) {
  const navigate = useNavigate()
  const listId = useId()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  const [recent] = useState(() => remembered(RECENT, z.array(RecentCommand)) ?? [])
  const [chosen, setChosen] = useState<string | null>(null)
  /** Enter came before what it is about: it is done when that has arrived. */
  const [awaited, setAwaited] = useState(false)
  const known = useAllCommands(sites, onChooseSite)
  const found = useFoundCommands(asked)
  const isLooking = text.trim().length > 1 && (asked !== text.trim() || found.isPending)
  const empty = text.trim() === ''
  const here = empty ? recentFirst(known, recent) : known
  const lines = commandsFor(text, [...askedNow(text), ...here, ...found.commands])
  // By what it is and not by its place, so that nothing that arrives moves the selection.
  const at = Math.max(
    0,
    lines.findIndex(({ id }) => id === chosen),
  )
  const selected = lines[at]

  const run = (command: Command) => {
    palette.close()
    remember(RECENT, withRecent(recent, command))
    if (typeof command.does === 'string') void navigate(command.does)
    else command.does()
  }
  const runAwaited = useEffectEvent(() => {
    if (selected) run(selected)
  })
  useEffect(() => {
    if (awaited && !isLooking) runAwaited()
  }, [awaited, isLooking])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined) {
      const next = Math.abs(step) === 1 ? (at + step + lines.length) % Math.max(1, lines.length) : at + step
      setChosen(lines[Math.min(lines.length - 1, Math.max(0, next))]?.id ?? null)
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      if (selected) run(selected)
      else if (isLooking) setAwaited(true)
    } else {
      return
    }
    event.preventDefault()
  }

  return (
    <>
      <div className={classes.ask}>
        <IconSearch size={16} aria-hidden />
        <input
          data-autofocus
          role="combobox"
          className={classes.field}
          aria-label="Search or do anything"
          placeholder="Search or do anything…"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={selected && lineId(listId, selected)}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosen(null)
            setAwaited(false)
          }}
        />
        {isLooking && <Loader size={14} aria-label="Looking" />}
      </div>
      <Lines listId={listId} lines={lines} selected={selected} onSelect={setChosen} onRun={run} />
      {lines.length === 0 && (
        <p className={classes.none}>{isLooking ? 'Looking…' : 'No screen, act, page or tag has this in it.'}</p>
      )}
      <VisuallyHidden role="status">{isLooking ? '' : countOf(lines.length, 'result')}</VisuallyHidden>
    </>
  )
}

/** Without spaces, which would make it several. */
const lineId = (listId: string, { id }: Command) => `${listId}-${encodeURIComponent(id)}`

interface LinesProps {
  readonly listId: string
  readonly lines: readonly Command[]
  readonly selected: Command | undefined
  readonly onSelect: (id: string) => void
  readonly onRun: (command: Command) => void
}

function Lines({ listId, lines, selected, onSelect, onRun }: LinesProps) {
  const selectedId = selected && lineId(listId, selected)
  useEffect(() => {
    if (selectedId !== undefined) document.getElementById(selectedId)?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])
  return (
    <div id={listId} role="listbox" aria-label="What can be done" className={classes.lines}>
      {lines.map((command, index) => (
        <Fragment key={command.id}>
          {command.group !== lines[index - 1]?.group && (
            <div role="presentation" className={classes.group}>
              {command.group}
            </div>
          )}
          {/* The keys for this are those of the field, which has the focus for all lines. */}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
          <div
            id={lineId(listId, command)}
            role="option"
            tabIndex={-1}
            aria-selected={command === selected}
            className={classes.line}
            onPointerMove={() => command !== selected && onSelect(command.id)}
            onClick={() => onRun(command)}
          >
            <span className={classes.label}>{command.label}</span>
            {command.says !== undefined && <span className={classes.says}>{command.says}</span>}
            {command.shortcut !== undefined && <kbd className={classes.keys}>{keysOf(command.shortcut)}</kbd>}
          </div>
        </Fragment>
      ))}
    </div>
  )
}
