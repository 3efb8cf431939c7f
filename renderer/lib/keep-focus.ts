/** Parts that the focus stays in when what had it goes away: the screen, a panel beside it, a dialog. */
const PART = '[aria-modal="true"], aside, main'
const REMEMBERED = 16

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
  const here = (): string => location.pathname

  const onFocusIn = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
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
    if (last === undefined || document.activeElement !== document.body) return
    if (isShown(last.element)) {
      if (!last.element.matches(':disabled')) last.element.focus({ preventScroll: true })
      return
    }
    const target = targetFrom(last, stops, here())
    target?.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(() => {
    // What becomes hidden loses the focus only when it is drawn, so every change is looked at in the frame after the one that
    // draws it, however long that takes. A dialog or menu that gives the focus back itself, later, has the last word.
    waiting ??= requestAnimationFrame(() => (waiting = requestAnimationFrame(settle)))
  })
  document.addEventListener('focusin', onFocusIn)
  document.addEventListener('pointerdown', onPointerDown)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    if (waiting !== undefined) cancelAnimationFrame(waiting)
    observer.disconnect()
    document.removeEventListener('focusin', onFocusIn)
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
  for (const { element } of stops.toReversed()) {
    const there = isShown(element) ? element : drawnAnew(element)
    if (there && !there.matches(':disabled')) return there
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
