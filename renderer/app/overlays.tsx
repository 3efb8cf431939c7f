import { Modal } from '@mantine/core'
import type { Site } from '#shared/sites.ts'
import { palette, useOverlay } from '#renderer/lib/palette.ts'
import { AppearanceSection } from '#renderer/settings/appearance-section.tsx'
import { Palette } from './palette.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

interface OverlaysProps {
  readonly sites: readonly Site[]
  readonly onChooseSite: (siteId: string) => void
}

/** What opens over every screen. */
export function Overlays(props: OverlaysProps) {
  const shown = useOverlay()
  if (shown === 'palette') return <Palette {...props} />
  if (shown === 'shortcuts') return <ShortcutsDialog />
  if (shown === 'appearance')
    return (
      <Modal opened onClose={palette.close} title="Appearance" size={480}>
        <AppearanceSection />
      </Modal>
    )
  return null
}
