import { Button, CopyButton } from '@mantine/core'

interface CopyTextButtonProps {
  readonly label: string
  readonly text: () => string
}

/** Puts a text on the clipboard and says so on itself. */
export function CopyTextButton({ label, text }: CopyTextButtonProps) {
  return (
    <CopyButton value={text()} timeout={1_500}>
      {({ copied, copy }) => (
        <Button variant="default" onClick={copy} aria-live="polite">
          {copied ? 'Copied' : label}
        </Button>
      )}
    </CopyButton>
  )
}
