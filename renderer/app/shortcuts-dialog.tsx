import { Modal } from '@mantine/core'
import { useAccess } from '#renderer/lib/access.ts'
import { palette } from '#renderer/lib/palette.ts'
import { keyWords, SHORTCUT_PLACES, SHORTCUTS, type ShortcutId } from '#renderer/lib/shortcuts.ts'
import { ON_MAC } from '#renderer/lib/use-shortcuts.ts'
import { SCREEN_LINKS } from './screen-links.ts'
import classes from './shortcuts-dialog.module.css'

/** What only those who may act are heard for. */
const ACTS: readonly ShortcutId[] = ['pages.plan', 'pages.mark']

/** Every shortcut that this person has, by where it works. */
export function ShortcutsDialog() {
  const { mayAct, mayOwn } = useAccess()
  const others: readonly string[] = [
    ...(mayOwn ? [] : SCREEN_LINKS.filter(({ ownersOnly }) => ownersOnly).map(({ shortcut }) => shortcut)),
    ...(mayAct ? [] : ACTS),
  ]
  return (
    <Modal opened onClose={palette.close} title="Shortcuts" size={760} yOffset="8vh">
      <div className={classes.places}>
        {SHORTCUT_PLACES.map((place) => (
          <section key={place} aria-label={place} className={classes.place}>
            <h3>{place}</h3>
            <dl>
              {Object.entries(SHORTCUTS)
                .filter(([id, shortcut]) => shortcut.place === place && !others.includes(id))
                .map(([id, { does, keys }]) => (
                  <div key={id}>
                    <dt>{does}</dt>
                    <dd>
                      {keys.map((strokes) => (
                        <kbd key={strokes}>{keyWords(strokes, ON_MAC)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>Letters do nothing while you write in a field.</p>
    </Modal>
  )
}
