import { chromium } from 'playwright'
import { BROWSER } from '../e2e/browser.ts'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
const [, , dir, path = '/pages'] = process.argv
const browser = await chromium.launch(BROWSER)
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
const page = await context.newPage()
const t0 = performance.now()
const log: [number, string][] = []
const mark = (s: string) => log.push([performance.now() - t0, s])
page.on('request', (r) => mark('> ' + new URL(r.url()).pathname))
let gz = 0
const done: Promise<void>[] = []
page.on('response', (r) => { if (r.url().endsWith('.js')) done.push(r.body().then((b) => { gz += gzipSync(b).length; mark('< ' + new URL(r.url()).pathname + ' ' + b.length + ' gz ' + gzipSync(b).length) })) })
page.on('websocket', (ws) => { mark('ws'); ws.on('framesent', (f) => mark('ws> ' + String(f.payload).slice(0, 100))); ws.on('framereceived', (f) => mark('ws< ' + String(f.payload).slice(0, 60) + ' ' + f.payload.length)) })
const child = spawn(process.execPath, ['main/frostline.js', '--no-open', '--no-demo', '--data', '/tmp/i7-start/data'], { cwd: dir!, stdio: ['pipe', 'pipe', 'inherit'] })
const address = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).on('line', (line) => { const a = /(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/.exec(line)?.[1]; if (a) resolve(a) }))
mark('address')
await page.goto(address.replace('/#', path + '#'), { waitUntil: 'commit' })
mark('commit')
await page.getByRole('row', { name: /\// }).nth(1).waitFor()
mark('ROWS')
const until = log.length
await page.waitForTimeout(1500)
await Promise.all(done)
log.forEach(([t, s], i) => console.log(Math.round(t), s, i === until ? '   <<<<<' : ''))
console.log('gz total', gz)
await browser.close()
child.kill('SIGTERM')
