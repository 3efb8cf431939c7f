import { describe, expect, it } from 'vitest'
import { parseStart } from '#main/start-options.ts'

const HERE = { address: '127.0.0.1', publicOrigin: null, tls: null }

describe('the command line', () => {
  it('starts the desktop with the demo when nothing is said', () => {
    const options = { browser: false, open: true, demo: true, data: undefined, port: undefined, door: HERE }
    expect(parseStart([])).toEqual({ kind: 'run', options })
  })

  it('takes every option', () => {
    const argv = ['--browser', '--no-open', '--no-demo', '--data', 'here', '--port=4000']
    const options = { browser: true, open: false, demo: false, data: 'here', port: 4000, door: HERE }
    expect(parseStart(argv)).toEqual({ kind: 'run', options })
  })

  it.each(['--help', '-h'])('explains itself with %s', (option) => {
    expect(parseStart([option])).toEqual({ kind: 'help' })
  })

  it.each([
    [['--browsr'], "Unknown option '--browsr'. npm start -- --help lists the options."],
    [['here'], "Unexpected argument 'here'. npm start -- --help lists the options."],
    [['--port', 'high'], '--port takes a number from 1 to 65535, not "high". npm start -- --help lists the options.'],
    [['--port', '70000'], '--port takes a number from 1 to 65535, not "70000". npm start -- --help lists the options.'],
    [['--data='], '--data takes the name of a folder. npm start -- --help lists the options.'],
  ])('refuses %j in one line', (argv, sentence) => {
    expect(parseStart(argv)).toEqual({ kind: 'wrong', sentence })
  })

  it('says what is missing when an option lacks its value', () => {
    const parsed = parseStart(['--data'])
    expect(parsed.kind).toBe('wrong')
    if (parsed.kind === 'wrong') expect(parsed.sentence).toMatch(/^Option '--data <value>' argument missing\./)
  })
})
