import { useEffect, useEffectEvent } from 'react'
import { ariaKeys, createStrokeReader, keyWords, SHORTCUTS, strokeName, type ShortcutId } from './shortcuts.ts'

type Handlers = Partial<Record<ShortcutId, () => void>>

export const ON_MAC = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '')

/** What was offered last hears first, as the part of the screen that is on top. */
const offers: { readonly ids: readonly ShortcutId[]; readonly run: (id: ShortcutId) => void }[] = []

/** Has keys do something while the component is on screen; the frame's hear last, what every screen may take over. */
export function useShortcuts(handlers: Handlers, { last = false } = {}): void {
  const run = useEffectEvent((id: ShortcutId) => handlers[id]?.())
  const names = Object.keys(handlers).join(' ')
  useEffect(() => {
    const offer = { ids: names.split(' ') as ShortcutId[], run: (id: ShortcutId) => run(id) }
    if (last) offers.unshift(offer)
    else offers.push(offer)
    return () => void offers.splice(offers.indexOf(offer), 1)
  }, [names, last])
}

/** Hears the keys of the window. Once, in the frame. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const read = createStrokeReader()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      if (event.key === 'Escape' && leaveFilter(event.target)) return event.preventDefault()
      const stroke = strokeName(event, ON_MAC)
      if (stroke === null || !mayHear(event.target, stroke)) return
      const id = read(stroke, event.timeStamp)
      if (id === null || id === 'begun') return
      const offer = offers.findLast(({ ids }) => ids.includes(id))
      if (!offer) return
      event.preventDefault()
      offer.run(id)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Letters belong to whoever writes, to an open dialog and to menus; strokes with Ctrl or ⌘ work while writing, too. */
function mayHear(target: EventTarget | null, stroke: string): boolean {
  const isModal = isDialogOpen()
  if (stroke.startsWith('Mod+')) return stroke === 'Mod+K' || (!isModal && !isFilter(target))
  if (isModal || !(target instanceof Element)) return !isModal
  return (
    target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable], [role="menu"], [role="listbox"]') === null
  )
}

/** Whether a dialog is on top: what is behind it hears no keys. */
export const isDialogOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

const FILTER = 'main [role="search"] input'

/** Whether the focus is in the screen's filter already: the browser's own search is one more Ctrl F away. */
const isFilter = (target: EventTarget | null) => target instanceof Element && target.matches(FILTER)

/** Puts the focus into the filter of the screen; false when it has none. */
export function focusFilter(): boolean {
  const field = document.querySelector<HTMLInputElement>(FILTER)
  field?.focus()
  field?.select()
  return field !== null
}

/** Escape clears the filter, then leaves it for the screen, whose letters work again. False: it is not about a filter. */
function leaveFilter(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLInputElement) || !target.matches(`${FILTER}:not([aria-haspopup], [type="checkbox"])`)) return false
  if (target.value === '') document.querySelector('main')?.focus({ preventScroll: true })
  else clearField(target)
  return true
}

/** As if its text had been deleted: React hears of a value only by the event, and only when the field's own setter was used. */
function clearField(field: HTMLInputElement): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** The first keys of a shortcut as this machine writes them. */
export const keysOf = (id: ShortcutId): string => keyWords(SHORTCUTS[id].keys[0], ON_MAC)

/** For a button: what it does with its keys in the tooltip, and the same for those who hear it. */
export const hint = (id: ShortcutId, says: string = SHORTCUTS[id].does) => ({
  title: `${says} (${keysOf(id)})`,
  'aria-keyshortcuts': ariaKeys(id, ON_MAC),
})
