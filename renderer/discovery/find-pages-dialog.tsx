import { Modal, Tabs } from '@mantine/core'
import { IconArrowsJoin, IconBrandNextjs, IconFolder, IconList, IconSitemap, IconSpider } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { AddressRules } from './address-rules.tsx'
import { CrawlSource } from './crawl-source.tsx'
import { DiskSourceForm } from './disk-source.tsx'
import { FindResult } from './find-result.tsx'
import { ListSource } from './list-source.tsx'
import { SitemapSource } from './sitemap-source.tsx'
import classes from './discovery.module.css'

interface FindPagesDialogProps {
  readonly site: Site
  readonly onClose: () => void
}

interface Way {
  readonly key: string
  readonly label: string
  readonly icon: ReactNode
  readonly body: ReactNode
}

/** Every way in which pages come into the list, what it costs, and what came of it. */
export function FindPagesDialog({ site, onClose }: FindPagesDialogProps) {
  const { mayOwn } = useAccess()
  const [jobId, setJobId] = useState<string | null>(null)
  const ways: Way[] = [
    {
      key: 'list',
      label: 'List or CSV',
      icon: <IconList size={15} aria-hidden />,
      body: <ListSource site={site} onStarted={setJobId} />,
    },
    {
      key: 'sitemaps',
      label: 'Sitemaps',
      icon: <IconSitemap size={15} aria-hidden />,
      body: <SitemapSource site={site} onStarted={setJobId} />,
    },
    {
      key: 'crawl',
      label: 'Crawl',
      icon: <IconSpider size={15} aria-hidden />,
      body: <CrawlSource site={site} onStarted={setJobId} />,
    },
  ]
  if (mayOwn) {
    ways.push(
      {
        key: 'folder',
        label: 'Build folder',
        icon: <IconFolder size={15} aria-hidden />,
        body: <DiskSourceForm key="folder" kind="folder" site={site} onStarted={setJobId} />,
      },
      {
        key: 'next',
        label: 'Next.js build',
        icon: <IconBrandNextjs size={15} aria-hidden />,
        body: <DiskSourceForm key="next" kind="next" site={site} onStarted={setJobId} />,
      },
    )
  }
  ways.push({
    key: 'rules',
    label: 'Rules for addresses',
    icon: <IconArrowsJoin size={15} aria-hidden />,
    body: <AddressRules site={site} onStarted={setJobId} />,
  })
  return (
    <Modal opened onClose={onClose} title="Find pages" size={820}>
      {jobId === null ? (
        <Tabs
          defaultValue="list"
          orientation="vertical"
          keepMounted={false}
          classNames={{ panel: classes.panel, list: classes.ways, tabLabel: classes.way }}
        >
          <Tabs.List aria-label="Where to look">
            {ways.map((way) => (
              <Tabs.Tab key={way.key} value={way.key} leftSection={way.icon}>
                {way.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {ways.map((way) => (
            <Tabs.Panel key={way.key} value={way.key}>
              {way.body}
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <FindResult jobId={jobId} onMore={() => setJobId(null)} onClose={onClose} />
      )}
    </Modal>
  )
}
