import { Button, Menu } from '@mantine/core'
import { IconBookmark, IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { writeDeepLink } from '#shared/deep-link.ts'
import type { PageView, PageViewContent } from '#shared/page-views.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { useScreenCommands } from '#renderer/lib/screen-commands.ts'
import { copyText } from '#renderer/ui/copy-text.ts'
import { showDone, showUndo } from '#renderer/ui/toast.tsx'
import { viewAddress, viewSearch } from './view-address.ts'
import { ViewDialog } from './view-dialog.tsx'
import { useRemoveView, useReplaceView, useRestoreView, viewsQueries } from './view-queries.ts'

interface ViewsMenuProps {
  /** What is shown now. */
  readonly content: PageViewContent
}

/** Views that were saved, and what can be done with the one that is shown. */
export function ViewsMenu({ content }: ViewsMenuProps) {
  const site = useSite()
  const { mayAct } = useAccess()
  const navigate = useNavigate()
  const views = useQuery(viewsQueries.list(site.id))
  const [dialog, setDialog] = useState<'save' | PageView | null>(null)
  /** The one that was opened last: what is changed since may be saved into it. */
  const [openedId, setOpenedId] = useState<string | null>(null)
  const restore = useRestoreView()
  const replace = useReplaceView((view) => showDone(`“${view.name}” has what is shown now`))
  const remove = useRemoveView((view) => showUndo(`View “${view.name}” deleted.`, () => restore.mutate({ viewId: view.id })))
  const search = viewSearch(content)
  const shown = views.data?.find((view) => viewSearch(view) === search)
  const opened = shown ?? views.data?.find(({ id }) => id === openedId)
  const copyLink = () =>
    void copyText(writeDeepLink({ kind: 'pages', site: site.zones[0]?.host ?? site.id, search }), 'Link to what is shown')
  useScreenCommands([
    ...(mayAct
      ? [{ id: 'save view', label: 'Save view…', says: 'The filter, the order and the columns', does: () => setDialog('save') }]
      : []),
    { id: 'copy view link', label: 'Copy link to this list', says: 'With its filter, order and columns', does: copyLink },
  ])
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={14} aria-hidden />}
            rightSection={<IconChevronDown size={13} aria-hidden />}
          >
            {shown?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{views.data?.length === 0 ? 'No view is saved yet' : 'Views of this list'}</Menu.Label>
          {views.data?.map((view) => (
            <Menu.Item
              key={view.id}
              title={`Saved by ${view.by}`}
              rightSection={view === shown && <IconCheck size={14} aria-label="shown" />}
              onClick={() => {
                setOpenedId(view.id)
                void navigate(viewAddress(view))
              }}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {mayAct && !shown && <Menu.Item onClick={() => setDialog('save')}>Save as a new view…</Menu.Item>}
          {mayAct && opened && !shown && (
            <Menu.Item onClick={() => replace.mutate({ viewId: opened.id, content })}>Save into “{opened.name}”</Menu.Item>
          )}
          {mayAct && opened && <Menu.Item onClick={() => setDialog(opened)}>Rename “{opened.name}”…</Menu.Item>}
          {mayAct && opened && (
            <Menu.Item c="var(--fl-red)" onClick={() => remove.mutate({ viewId: opened.id })}>
              Delete “{opened.name}”
            </Menu.Item>
          )}
          <Menu.Item onClick={copyLink}>Copy link to what is shown</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && (
        <ViewDialog siteId={site.id} view={dialog === 'save' ? null : dialog} content={content} onClose={() => setDialog(null)} />
      )}
    </>
  )
}
