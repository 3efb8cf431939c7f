import classes from './skip-link.module.css'

export const SCREEN_ID = 'screen'

/** The first stop of the keyboard: past the bar and the rail to what the screen is about. */
export function SkipLink() {
  return (
    <a
      className={classes.link}
      href={`#${SCREEN_ID}`}
      onClick={(event) => {
        // The address keeps naming the screen and what is open on it.
        event.preventDefault()
        document.getElementById(SCREEN_ID)?.focus()
      }}
    >
      Skip to the screen
    </a>
  )
}
