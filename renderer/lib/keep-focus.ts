/** Parts that the focus stays in when what had it goes away: the screen, a panel beside it, a dialog. */
const PART = '[aria-modal="true"], aside, main'
const REMEMBERED = 16
/** How often, and how soon, it is looked for again what had the focus before. */
const LOOKS = 8
const AGAIN_MS = 150

interface Stop {
  readonly element: HTMLElement
  readonly part: HTMLElement | null
  readonly path: string
}

/** Whether the keyboard would begin at the top: nothing has the focus, or only the screen as a whole. */
export function isFocusLost(): boolean {
  const has = document.activeElement
  return has === null || has === document.body || !has.isConnected || has.matches('main')
}

/**
 * What had the focus may go away with it: a dialog or a panel that closes, a button whose work is done. Then it goes back to
 * where it was before, as long as that is there; into the part that it was in, when that stays; and to the screen when
 * another one is shown. What cannot be used for a while has it again afterwards. Somebody's own click into nothing is left alone.
 *
 * @returns ends it
 */
export function keepFocus(): () => void {
  let stops: Stop[] = []
  let waiting: number | undefined
  /** Has the focus for want of what had it before, which may be drawn again. */
  let instead: HTMLElement | null = null
  let looksLeft = LOOKS
  let again: ReturnType<typeof setTimeout> | undefined
  const here = (): string => location.pathname

  const onFocusIn = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === instead) return
    instead = null
    looksLeft = LOOKS
    const part = target.closest<HTMLElement>(PART)
    stops = [...stops.filter(({ element }) => element !== target), { element: target, part, path: here() }].slice(-REMEMBERED)
  }
  const onPointerDown = () => {
    // A click beside everything takes the focus from what is still there.
    setTimeout(() => {
      if (document.activeElement === document.body && stops.at(-1)?.element.matches(':disabled') === false) stops = []
    })
  }
  const settle = () => {
    waiting = undefined
    const last = stops.at(-1)
    const has = document.activeElement
    if (last === undefined || (has !== document.body && has !== instead)) return
    if (isShown(last.element)) {
      if (!last.element.matches(':disabled')) last.element.focus({ preventScroll: true })
      return
    }
    const target = targetFrom(last, stops, here())
    if (target === null) return
    if (target !== has) {
      instead = target.matches('main') ? target : null
      target.focus({ preventScroll: true })
    }
    // Nothing need change any more when what had it before can be seen again.
    if (instead === null || looksLeft === 0) return
    looksLeft -= 1
    clearTimeout(again)
    again = setTimeout(look, AGAIN_MS)
  }
  // Two frames: a dialog or menu that gives the focus back itself has done so by then, or has the last word.
  function look(): void {
    waiting ??= requestAnimationFrame(() => (waiting = requestAnimationFrame(settle)))
  }
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    // What becomes hidden loses the focus some time after it was drawn, and then nothing may change any more.
    if (relatedTarget === null) look()
  }
  const observer = new MutationObserver(look)
  document.addEventListener('focusin', onFocusIn)
  document.addEventListener('focusout', onFocusOut)
  document.addEventListener('pointerdown', onPointerDown)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    if (waiting !== undefined) cancelAnimationFrame(waiting)
    clearTimeout(again)
    observer.disconnect()
    document.removeEventListener('focusin', onFocusIn)
    document.removeEventListener('focusout', onFocusOut)
    document.removeEventListener('pointerdown', onPointerDown)
  }
}

/** Where the focus belongs after the element of the last stop has gone. */
function targetFrom(last: Stop, stops: readonly Stop[], path: string): HTMLElement | null {
  const screen = document.querySelector<HTMLElement>('main')
  const modal = [...document.querySelectorAll<HTMLElement>('[aria-modal="true"]')].at(-1)
  if (modal) return within(modal)
  if (last.path !== path) return screen && within(screen)
  if (last.part && isShown(last.part)) return within(last.part)
  const panel = document.querySelector('aside')
  if (last.element.isConnected && panel) return panel
  let wasOnScreen = false
  for (const { element, part } of stops.toReversed()) {
    const there = isShown(element) ? element : drawnAnew(element)
    // Whoever was on the screen is not sent to what led there.
    if (there && !there.matches(':disabled') && (part !== null || !wasOnScreen)) return there
    wasOnScreen ||= part?.matches('main') ?? false
  }
  return screen
}

/** A list that was asked for again while it could not be seen may be another element with the same name. */
function drawnAnew(element: HTMLElement): HTMLElement | null {
  const name = element.getAttribute('aria-label')
  if (element.isConnected || name === null) return null
  const sameName = document.querySelectorAll<HTMLElement>(`${element.localName}[aria-label="${CSS.escape(name)}"]`)
  return [...sameName].find(isShown) ?? null
}

/** In a narrow window a panel covers the screen, which is hidden then. */
const isShown = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true })

/** What asks for the focus in a part, else the part itself. */
const within = (part: HTMLElement): HTMLElement => part.querySelector<HTMLElement>('[data-autofocus]') ?? part
