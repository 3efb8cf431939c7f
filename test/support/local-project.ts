import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { htmlTags } from '#main/inspection/html-tags.ts'
import { withoutSecrets } from '#main/diagnosis/redact.ts'
import { keepRelease } from '#main/providers/local/keep-release-task.ts'
import { createLocalBuilds, type LocalBuilds } from '#main/providers/local/local-builder.ts'
import type { LocalSettings } from '#main/providers/local/site-builds.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'

/** Writes files of a project, by path. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
}

/** Local builds as the core has them, without its threads. */
export function localBuilds(dataFolder: string, stopped: AbortSignal): LocalBuilds {
  return createLocalBuilds({
    dataFolder,
    stopped,
    clock: Date.now,
    withoutSecrets,
    keepRelease: (input, onProgress, signal) => keepRelease({ htmlTags }, input, onProgress, signal),
  })
}

export function localSettings(folder: string, more: Partial<LocalSettings> = {}): LocalSettings {
  return {
    siteId: 'site',
    hosts: ['www.example.com'],
    folder,
    command: 'sh build.sh',
    outputFolder: 'dist',
    generator: 'command',
    dropHtml: false,
    environment: {},
    timeoutMinutes: 5,
    keepReleases: 10,
    keep: () => [],
    ...more,
  }
}

/** Builds to the end. */
export async function buildOnce(builder: Builder, title = 'A build', publish = true): Promise<RemoteBuild> {
  let build = await builder.trigger(title, undefined, { publish })
  while (build.state === 'queued' || build.state === 'running') {
    await new Promise((resolve) => {
      setTimeout(resolve, 30)
    })
    build = await builder.status(build.statusUrl ?? '')
  }
  return build
}

export async function logOf(builder: Builder, build: RemoteBuild): Promise<string[]> {
  const lines: string[] = []
  for await (const line of builder.log(build.logUrl ?? '', AbortSignal.timeout(30_000))) lines.push(line)
  return lines
}
