import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Site } from '#shared/sites.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useFindOnDisk } from './mutations.ts'
import { SourceFrame } from './source-frame.tsx'
import { ZoneSelect } from './zone-select.tsx'

interface DiskSourceProps {
  readonly kind: 'folder' | 'next'
  readonly site: Site
  readonly onStarted: (jobId: string) => void
}

const WORDS = {
  folder: {
    does: 'Takes every HTML file of the folder that a build writes; index.html is its folder’s address, and a top folder named like a zone is that zone.',
    limits: 'Links, hidden folders, node_modules and error pages are left out; 2,000,000 pages.',
    label: 'Folder, where Frostline runs',
    placeholder: '/home/ada/site/_site',
    button: 'Read the folder',
  },
  next: {
    does: 'Takes the pages that next build rendered beforehand, with their cache tags, from prerender-manifest.json and the .meta files. Its preview secrets are never kept.',
    limits: 'Pages that are rendered on demand are not in it; their routes are named. A manifest of 64 MiB at most.',
    label: 'Project folder, where Frostline runs',
    placeholder: '/home/ada/shop',
    button: 'Read the build',
  },
}

export function DiskSourceForm({ kind, site, onStarted }: DiskSourceProps) {
  const words = WORDS[kind]
  const [path, setPath] = useState('')
  const [zoneId, setZoneId] = useState(site.zones[0]?.id ?? 0)
  const [dropHtml, setDropHtml] = useState(false)
  const find = useFindOnDisk(onStarted)
  const failure = find.isError ? describeFailure(find.error) : null
  const atPath = failure?.field === 'source.path'
  return (
    <SourceFrame
      does={words.does}
      costs="No request. Up to 20 new pages are checked afterwards."
      limits={words.limits}
      button={words.button}
      ready={path.trim() !== ''}
      busy={find.isPending}
      failure={atPath ? null : failure}
      onStart={() =>
        find.mutate({
          siteId: site.id,
          source: kind === 'folder' ? { kind, path, zoneId, dropHtml } : { kind, path, zoneId },
        })
      }
    >
      <TextInput
        data-autofocus
        label={words.label}
        placeholder={words.placeholder}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        error={atPath ? `${failure?.message} ${failure?.fix ?? ''}` : undefined}
      />
      <ZoneSelect label="Its pages are of" zones={site.zones} value={zoneId} onChange={setZoneId} />
      {kind === 'folder' && (
        <Checkbox
          size="xs"
          label="about.html is visited as /about"
          checked={dropHtml}
          onChange={(event) => setDropHtml(event.currentTarget.checked)}
        />
      )}
    </SourceFrame>
  )
}
