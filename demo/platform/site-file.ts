import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import type { Identity } from './identity.ts'
import type { Ports } from './ports.ts'
import type { Zone } from './zones.ts'

/** Where each part of the demo listens. */
export interface DemoUrls {
  readonly site: string
  /** The second PoP: the same zones by `Host`. */
  readonly secondPop: string
  readonly origin: string
  readonly control: string
  readonly builder: string
  readonly hook: string
  readonly controls: string
  /** The renderer's entries; whoever knows the address may expire and refresh them. */
  readonly renderer: string
}

export function urlsAt(ports: Ports, zones: readonly Zone[], identity: Identity): DemoUrls {
  const at = (port: number): string => `http://127.0.0.1:${String(port)}`
  return {
    site: zones[0]?.url ?? at(ports.fra56),
    secondPop: at(ports.lhr61),
    origin: at(ports.origin),
    control: at(ports.control),
    builder: at(ports.builder),
    hook: `${at(ports.builder)}/hooks/${identity.hookSecret}`,
    controls: `${at(ports.controls)}/`,
    renderer: `${at(ports.renderer)}/${identity.rendererSecret}/entries`,
  }
}

/** Writes what a control panel imports to know the site. It holds secrets: only its owner may read it. */
export function writeSiteFile(file: string, zones: readonly Zone[], urls: DemoUrls, identity: Identity): void {
  const site = {
    version: 1,
    key: 'demo-lollies',
    name: 'Lollies',
    zones: zones.map(({ host, url }) => ({ host, url })),
    originUrl: urls.origin,
    edge: {
      kind: 'cloudfront',
      distributionId: identity.distributionId,
      endpoint: urls.control,
      region: 'us-east-1',
      credentials: { kind: 'keys', ...identity.credentials },
    },
    builder: { kind: 'hook', hookUrl: urls.hook, listUrl: `${urls.builder}/builds` },
    renderer: { kind: 'ssr-cache', url: urls.renderer },
    watchSeconds: 5,
    links: [
      { label: 'Demo controls', url: urls.controls },
      { label: 'Open the site', url: `${urls.site}/` },
    ],
  }
  const draft = `${file}.new`
  writeFileSync(draft, JSON.stringify(site), { mode: 0o600 })
  chmodSync(draft, 0o600)
  renameSync(draft, file)
}
