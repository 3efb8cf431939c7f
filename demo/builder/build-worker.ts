import { relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Eleventy } from '@11ty/eleventy'
import { releaseTexts } from '../site/release-texts.ts'
import { indexRelease } from './index-release.ts'
import { isBuildJob, type BuildJob, type WorkerMessage } from './worker-messages.ts'

/** The process of builds: for each job it writes a release folder and reports. */
process.on('message', (message: unknown) => {
  if (!isBuildJob(message)) throw new Error('The build job is not readable.')
  build(message).then(
    () => report({ kind: 'done' }),
    (error: unknown) => report({ kind: 'failed', sentence: sentenceOf(error) }),
  )
})

// The demo is gone.
process.once('disconnect', () => process.exit())
if (!process.connected) process.exit()

async function build(job: BuildJob): Promise<void> {
  const texts = releaseTexts(job.stock)
  const templatePages = 3
  const total = job.stock.lollies.length + job.stock.lists.length + texts.length + templatePages
  let done = 0
  const eleventy = new Eleventy('site/templates', relative(process.cwd(), job.outputFolder), {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false)
      config.addExtension(['11ty.ts'], { key: '11ty.js' })
      config.addTemplateFormats('11ty.ts')
      config.addGlobalData('stock', job.stock)
      config.addGlobalData('texts', texts)
      const startedMs = performance.now()
      let place = 0
      config.addTransform('report', async function (content) {
        place += 1
        const dueMs = startedMs + (job.paceMs * place) / total
        if (dueMs > performance.now()) await wait(dueMs - performance.now())
        done += 1
        const output = relative(job.outputFolder, this.page.outputPath === false ? '' : this.page.outputPath)
        report({ kind: 'line', text: `[11ty] Writing ${output} from ${this.page.inputPath}` })
        if (done % 20 === 0) report({ kind: 'progress', progress: { done, total, phase: 'writing pages' } })
        return content
      })
    },
  })
  report({ kind: 'progress', progress: { done: 0, total, phase: 'reading templates' } })
  await eleventy.write()
  report({ kind: 'line', text: `[11ty] Wrote ${String(done)} files` })
  report({ kind: 'progress', progress: { done: total, total, phase: 'writing the manifest' } })
  indexRelease(job.outputFolder)
}

function report(message: WorkerMessage): void {
  process.send?.(message)
}

function sentenceOf(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return `Eleventy could not build the site: ${reason.split('\n')[0] ?? ''}`
}
