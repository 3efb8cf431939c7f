import { Link, useParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { SECTIONS } from './sections.ts'
import classes from './settings.module.css'

/** What belongs to Frostline itself rather than to a site. */
export function SettingsScreen() {
  const { section } = useParams()
  const { mayOwn } = useAccess()
  const seen = SECTIONS.filter(({ forOwners }) => mayOwn || !forOwners)
  const shown = section === undefined ? seen[0] : seen.find(({ id }) => id === section)
  return (
    <Screen title="Settings" note="Of Frostline itself; those of a site are with the site">
      <div className={classes.screen}>
        <nav className={classes.sections} aria-label="Settings">
          {seen.map(({ id, name }) => (
            <Link
              key={id}
              to={`/settings/${id}`}
              className={classes.section}
              aria-current={shown?.id === id ? 'page' : undefined}
            >
              {name}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          {shown ? (
            <shown.Component />
          ) : (
            <EmptyNote title="There is no such part of the settings">
              Or only owners see it. Choose another on the left.
            </EmptyNote>
          )}
        </div>
      </div>
    </Screen>
  )
}
