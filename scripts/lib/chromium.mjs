import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** For a browser that talks to this machine alone: no sandbox (containers have none to offer), nothing in the background. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)']}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env.LOCALAPPDATA}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
]

/**
 * The browser that tests run in: the one named by CHROMIUM_PATH, else one of the system's, else Playwright's own.
 * @returns {string} Path of its executable.
 */
export function findChromium() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH
    throw new Error(`CHROMIUM_PATH names ${CHROMIUM_PATH}, where there is no file.`)
  }
  const found = [...systemBrowsers, chromium.executablePath()].find((path) => path && existsSync(path))
  if (found) return found
  throw new Error(
    'The tests need Chromium or Chrome and found neither. Install one, run `npx playwright-core install chromium`, or name its file in CHROMIUM_PATH.',
  )
}
