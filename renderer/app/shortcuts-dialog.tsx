import { Modal } from '@mantine/core'
import { palette } from '#renderer/lib/palette.ts'
import { keyWords, SHORTCUT_PLACES, SHORTCUTS } from '#renderer/lib/shortcuts.ts'
import { ON_MAC } from '#renderer/lib/use-shortcuts.ts'
import classes from './shortcuts-dialog.module.css'

/** Every shortcut by where it works. */
export function ShortcutsDialog() {
  return (
    <Modal opened onClose={palette.close} title="Shortcuts" size={760} yOffset="8vh">
      <div className={classes.places}>
        {SHORTCUT_PLACES.map((place) => (
          <section key={place} aria-label={place} className={classes.place}>
            <h3>{place}</h3>
            <dl>
              {Object.entries(SHORTCUTS)
                .filter(([, shortcut]) => shortcut.place === place)
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
