/** The browser of the tests: the system's Chromium, which talks to nobody on its own. */
export const BROWSER = {
  executablePath: process.env['FROSTLINE_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}
