// Preloaded into a process and all its threads: writes down each module that is loaded (`NOTE_LOADS`: the file).
const { appendFileSync } = require('node:fs')
const { registerHooks } = require('node:module')
const { threadId } = require('node:worker_threads')

registerHooks({
  load(url, context, next) {
    appendFileSync(process.env.NOTE_LOADS, `${threadId} ${url}\n`)
    return next(url, context)
  },
})
