import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PageView, PageViewContent } from '#shared/page-views.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { useRenameView, useSaveView } from './view-queries.ts'

interface ViewDialogProps {
  readonly siteId: string
  /** The one to rename; null: what is shown is saved as a new one. */
  readonly view: PageView | null
  readonly content: PageViewContent
  readonly onClose: () => void
}

/** Gives a view its name. */
export function ViewDialog({ siteId, view, content, onClose }: ViewDialogProps) {
  const [name, setName] = useState(view?.name ?? '')
  const save = useSaveView(onClose)
  const rename = useRenameView(onClose)
  const { error, isPending } = view === null ? save : rename
  const failure = error === null ? null : describeFailure(error)
  const submit = () => {
    if (view === null) save.mutate({ siteId, name, content })
    else rename.mutate({ viewId: view.id, name })
  }
  return (
    <Modal opened onClose={onClose} title={view === null ? 'Save view' : `Rename “${view.name}”`} size={420}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          placeholder="Old menu pages"
          description={view === null ? 'Keeps the filter, the order and the columns, for everybody at this panel.' : undefined}
          value={name}
          maxLength={60}
          error={failure && [failure.message, failure.fix].filter(Boolean).join(' ')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={name.trim() === ''}>
            {view === null ? 'Save view' : 'Rename'}
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}
