import { DAMAGED, DAMAGED_FIX } from '#shared/damage.ts'
import { Button } from '@mantine/core'
import { IconDatabaseExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs, type Target } from '#renderer/lib/acts.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { useForgetRescue } from './mutations.ts'
import { upkeepQueries } from './queries.ts'
import classes from './rescue-bar.module.css'
import { rescueWords } from './rescue-words.ts'

/** After a rescue no page counts as checked. */
const UNCHECKED: Target = {
  selection: { kind: 'filter', filter: { freshness: ['unknown'] }, exceptPageIds: [] },
  words: 'pages that are not checked',
}

/** Seen on every screen while the database in use is known to be damaged: nothing but a new start mends it. */
export function DamageBar() {
  const { data: damage } = useQuery(upkeepQueries.damage())
  if (!damage) return null
  return (
    <div className={classes.bar} role="alert">
      <IconDatabaseExclamation size={16} aria-hidden />
      <span>
        {DAMAGED} {DAMAGED_FIX} What is done until then may not be kept.
      </span>
    </div>
  )
}

/** Seen on every screen until somebody has read what became of a damaged database. */
export function RescueBar() {
  const { data: note } = useQuery(upkeepQueries.rescue())
  const { mayAct } = useAccess()
  const forget = useForgetRescue()
  const { check } = useActs()
  const site = useContext(CurrentSite)
  if (!note) return null
  return (
    <div className={classes.bar} role="alert">
      <IconDatabaseExclamation size={16} aria-hidden />
      <span>
        {rescueWords(note)}
        {note.movedTo !== null && (
          <>
            {' '}
            The damaged file is <span className={classes.path}>{note.movedTo}</span>
          </>
        )}
      </span>
      {mayAct && site && (
        <Button size="compact-xs" variant="default" onClick={() => check(UNCHECKED)}>
          Check pages
        </Button>
      )}
      {mayAct && (
        <Button size="compact-xs" variant="default" loading={forget.isPending} onClick={() => forget.mutate(undefined)}>
          I have read this
        </Button>
      )}
    </div>
  )
}
