import type { Site } from '#shared/sites.ts'
import { useOverlay } from '#renderer/lib/palette.ts'
import { Palette } from './palette.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

export interface OverlaysProps {
  readonly sites: readonly Site[]
  readonly onChooseSite: (siteId: string) => void
}

/** What opens over every screen. */
export function Overlays(props: OverlaysProps) {
  const shown = useOverlay()
  if (shown === 'palette') return <Palette {...props} />
  if (shown === 'shortcuts') return <ShortcutsDialog />
  return null
}
