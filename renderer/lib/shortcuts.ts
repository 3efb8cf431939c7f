/** Where a shortcut works; the overview is grouped by it. */
export const SHORTCUT_PLACES = ['Everywhere', 'Go to', 'In a list', 'With the rows selected, or the one you are at'] as const

interface Shortcut {
  readonly place: (typeof SHORTCUT_PLACES)[number]
  readonly does: string
  /** Each a stroke, or strokes one after the other: `Mod+K`, `G P`. Mod is ⌘ on a Mac and Ctrl elsewhere. */
  readonly keys: readonly [string, ...string[]]
  /** Only told of in the overview: the part itself hears these keys while it has the focus. */
  readonly native?: true
}

const EVERYWHERE = 'Everywhere'
const GO = 'Go to'
const ROWS = 'In a list'
const SELECTED = 'With the rows selected, or the one you are at'

/** Every shortcut of the panel. What is not in here has none. */
export const SHORTCUTS = {
  palette: { place: EVERYWHERE, does: 'Search or do anything', keys: ['Mod+K'] },
  overview: { place: EVERYWHERE, does: 'Show all shortcuts', keys: ['?'] },
  filter: { place: EVERYWHERE, does: 'Filter what the screen shows, or search', keys: ['/', 'Mod+F'] },
  copyLink: { place: EVERYWHERE, does: 'Copy a link to what is shown', keys: ['Y'] },
  close: { place: EVERYWHERE, does: 'Close the panel, dialog or menu', keys: ['Esc'], native: true },
  'go.home': { place: GO, does: 'Home', keys: ['G H'] },
  'go.pages': { place: GO, does: 'Pages', keys: ['G P'] },
  'go.tags': { place: GO, does: 'Tags', keys: ['G T'] },
  'go.purges': { place: GO, does: 'Purges', keys: ['G U'] },
  'go.budget': { place: GO, does: 'Budget', keys: ['G B'] },
  'go.builds': { place: GO, does: 'Builds', keys: ['G D'] },
  'go.hooks': { place: GO, does: 'Hooks', keys: ['G K'] },
  'go.activity': { place: GO, does: 'Activity', keys: ['G A'] },
  'go.why': { place: GO, does: 'Why?', keys: ['G W'] },
  'go.sites': { place: GO, does: 'Sites', keys: ['G S'] },
  'go.credentials': { place: GO, does: 'Credentials', keys: ['G C'] },
  'go.people': { place: GO, does: 'People', keys: ['G E'] },
  'go.settings': { place: GO, does: 'Settings', keys: ['G O'] },
  'rows.next': { place: ROWS, does: 'Next row', keys: ['J'] },
  'rows.before': { place: ROWS, does: 'Row before', keys: ['K'] },
  'rows.select': { place: ROWS, does: 'Select the page, or clear it', keys: ['X'] },
  'rows.arrows': {
    place: ROWS,
    does: 'Move, by a row, a screen or to an end',
    keys: ['↑ ↓', 'PgUp PgDn', 'Home End'],
    native: true,
  },
  'rows.range': { place: ROWS, does: 'Select while moving', keys: ['Shift+↑ ↓'], native: true },
  'rows.all': { place: ROWS, does: 'Select all pages that are loaded', keys: ['Mod+A'], native: true },
  'rows.open': { place: ROWS, does: 'Open the row', keys: ['Enter'], native: true },
  'rows.clear': { place: ROWS, does: 'Select nothing', keys: ['Esc'], native: true },
  'pages.check': { place: SELECTED, does: 'Check', keys: ['C'] },
  'pages.plan': { place: SELECTED, does: 'Plan a purge', keys: ['P'] },
  'pages.mark': { place: SELECTED, does: 'Mark as changed', keys: ['M'] },
} as const satisfies Record<string, Shortcut>
export type ShortcutId = keyof typeof SHORTCUTS

const ALL: readonly (readonly [string, Shortcut])[] = Object.entries(SHORTCUTS)

/** What a key event has to tell of itself. */
export interface Stroke {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The stroke as the table writes it; null for one that belongs to the system, the browser or a composed letter. */
export function strokeName({ key, ctrlKey, metaKey, altKey }: Stroke, mac: boolean): string | null {
  if (altKey || (mac ? ctrlKey : metaKey) || ['Shift', 'Control', 'Meta', 'Dead', 'Process'].includes(key)) return null
  const name = key.length === 1 ? key.toUpperCase() : key
  return (mac ? metaKey : ctrlKey) ? `Mod+${name}` : name
}

/** The second stroke of a sequence comes within this time. */
const SEQUENCE_MS = 1_500

/** Reads strokes as they come, at instants in milliseconds. A sequence that nothing ends is forgotten. */
export function createStrokeReader(): (stroke: string, atMs: number) => ShortcutId | 'begun' | null {
  let begun: { readonly stroke: string; readonly atMs: number } | null = null
  return (stroke, atMs) => {
    const before = begun !== null && atMs - begun.atMs <= SEQUENCE_MS ? begun.stroke : null
    begun = null
    const found = (before !== null && idOf(`${before} ${stroke}`)) || idOf(stroke)
    if (found) return found
    if (!ALL.some(([, { keys, native }]) => !native && keys.some((each) => each.startsWith(`${stroke} `)))) return null
    begun = { stroke, atMs }
    return 'begun'
  }
}

function idOf(strokes: string): ShortcutId | null {
  const found = ALL.find(([, { keys, native }]) => !native && keys.includes(strokes))
  return found ? (found[0] as ShortcutId) : null
}

/** Strokes for a person: "Ctrl K", "G then P"; on a Mac "⌘K". */
export function keyWords(strokes: string, mac: boolean): string {
  const isSequence = /^\w \w$/.test(strokes)
  const words = strokes.replace('Shift+', mac ? '⇧' : 'Shift ').replace('Mod+', mac ? '⌘' : 'Ctrl ')
  return isSequence ? words.replace(' ', ' then ') : words
}

/** For `aria-keyshortcuts`, which knows no sequences; undefined for those. */
export function ariaKeys(id: ShortcutId, mac: boolean): string | undefined {
  const [first] = SHORTCUTS[id].keys
  return first.includes(' ') ? undefined : first.replace('Mod', mac ? 'Meta' : 'Control').replace('Esc', 'Escape')
}
