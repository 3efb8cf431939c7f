import { ActionIcon } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { writeDeepLink, type DeepLink } from '#shared/deep-link.ts'
import { hint, useShortcuts } from '#renderer/lib/use-shortcuts.ts'
import { copyText } from './copy-text.ts'

/** Copies a link that opens the same thing in any window of Frostline. Of several on screen the last one has the key. */
export function CopyLinkButton({ link }: { readonly link: DeepLink }) {
  const copy = () => void copyText(writeDeepLink(link), 'Link')
  useShortcuts({ copyLink: copy })
  return (
    <ActionIcon variant="subtle" color="gray" aria-label="Copy link" {...hint('copyLink', 'Copy link')} onClick={copy}>
      <IconLink size={16} />
    </ActionIcon>
  )
}
