import { Button, Modal } from '@mantine/core'
import type { Build } from '#shared/builds.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { shortId } from './build-words.tsx'
import { useRestore } from './mutations.ts'

interface RestoreDialogProps {
  readonly build: Build
  readonly onClose: () => void
}

/** What publishing an earlier deploy does and does not do, before it is done. */
export function RestoreDialog({ build, onClose }: RestoreDialogProps) {
  const site = useSite()
  const restore = useRestore(onClose)
  const failure = restore.isError ? describeFailure(restore.error) : null
  const send = () => restore.mutate({ buildId: build.id })
  return (
    <Modal opened onClose={onClose} size={520} title={`Publish “${build.title}” (${shortId(build.release?.id ?? '')}) again`}>
      <ul>
        <li>Visitors get this deploy at once: {site.builder?.host} keeps it whole, and nothing is built.</li>
        <li>The site is locked to it: what is built stays unpublished until you unlock it.</li>
        <li>Content that is rendered on demand does not go back.</li>
      </ul>
      {failure && <FailureNote message={failure.message} fix={failure.fix} onTryAgain={failure.retryable ? send : undefined} />}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={restore.isPending} onClick={send}>
          Publish and lock
        </Button>
      </DialogFooter>
    </Modal>
  )
}
