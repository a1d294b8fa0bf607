import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CDPSession, chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../scripts/lib/chromium.mjs'
import { endMarkOf, expectationOf, historyMarkOf, makeAnswer } from './content.ts'
import { takeNotes } from './in-page.ts'
import type { Scenario } from './scenarios.ts'

/** What a run took. Times are in milliseconds. */
export interface Run {
  /** Processor time of the main thread. Under a slowdown it means nothing. */
  readonly cpuMs: number
  /** Time on the clock that the main thread was busy. */
  readonly taskMs: number
  readonly scriptMs: number
  readonly layoutMs: number
  readonly frames: number
  readonly frameP99: number
  readonly longestTask: number
  readonly keyP95: number
  /** From the last byte to the frame that shows the end; of a mount, from its start to the frame that shows it. */
  readonly lagMs: number
  readonly heapMB: number
  readonly elements: number
  readonly scriptKB: number
  /** Why it does not count. */
  readonly fault?: string
  readonly profile?: unknown
}

export interface RunOptions {
  readonly server: string
  readonly page: string
  readonly scenario: Scenario
  readonly seed: number
  readonly profile?: boolean
}

const keyEveryMs = 250
/** What is done late, highlighting say, counts as well. */
const restMs = 1_000
const patienceMs = 90_000

/** One contender in a browser of its own. */
export async function runOnce({ server, page: name, scenario, seed, profile = false }: RunOptions): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-race-'))
  // The old headless mode has no frames of its own.
  const args = [...chromiumArgs, '--headless=new', '--js-flags=--expose-gc']
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findChromium(),
    headless: false,
    viewport: { width: 1280, height: 800 },
    args,
  })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(patienceMs)
    const cdp = await context.newCDPSession(page)
    const scripts = countScripts(cdp)
    await Promise.all([cdp.send('Network.enable'), cdp.send('Performance.enable', { timeDomain: 'timeTicks' })])
    await page.addInitScript(takeNotes)
    const run = `${name}-${Math.random()}`
    const { tokens, tokensPerSecond, tokensPerEvent, history } = scenario
    const query = { server, run, tokens, tps: tokensPerSecond, chunk: tokensPerEvent, seed, history }
    const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, `${value}`]))
    await page.goto(`${server}/${name}/?${search}`, { waitUntil: 'commit' })
    const measured = scenario.isMount
      ? await measureMount(page, cdp, historyMarkOf(history - 1))
      : await measureAnswer(page, cdp, { server, run, scenario, seed, profile })
    await cdp.send('HeapProfiler.collectGarbage')
    const { JSHeapUsedSize = Number.NaN } = await metricsOf(cdp)
    return {
      ...measured,
      heapMB: JSHeapUsedSize / 2 ** 20,
      elements: await page.evaluate(() => document.querySelectorAll('*').length),
      scriptKB: scripts.bytes() / 1024,
    }
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}

type Measured = Omit<Run, 'heapMB' | 'elements' | 'scriptKB'>

async function measureMount(page: Page, cdp: CDPSession, mark: string): Promise<Measured> {
  const shownAt = await shown(page, mark)
  await rest(restMs)
  const after = await metricsOf(cdp)
  const startedAt = await page.evaluate(
    () => performance.timeOrigin + (performance.getEntriesByName('bench:mount').at(-1)?.startTime ?? 0),
  )
  const nothing = { frames: 0, frameP99: Number.NaN, longestTask: Number.NaN, keyP95: Number.NaN }
  return { ...spent({}, after), ...nothing, lagMs: shownAt - startedAt }
}

interface AnswerOptions extends Omit<RunOptions, 'page'> {
  readonly run: string
}

async function measureAnswer(page: Page, cdp: CDPSession, options: AnswerOptions): Promise<Measured> {
  const { server, run, scenario, seed, profile } = options
  await page.waitForFunction(() => window.__bench)
  await page.evaluate(() => window.__bench.ready)
  await page.locator('textarea').first().focus()
  await rest(600)
  await cdp.send('HeapProfiler.collectGarbage')
  if (scenario.slowdown) await cdp.send('Emulation.setCPUThrottlingRate', { rate: scenario.slowdown })
  if (profile) {
    await cdp.send('Profiler.enable')
    await cdp.send('Profiler.start')
  }
  const before = await metricsOf(cdp)
  await page.evaluate(() => {
    window.notes.isOn = true
    void window.__bench.start()
  })
  const typist = startTyping(cdp)
  const lastByteAt: number = await (await fetch(`${server}/api/wait?run=${run}`)).json()
  const shownAt = await shown(page, endMarkOf(seed, scenario.tokens))
  typist.stop()
  await rest(restMs)
  const after = await metricsOf(cdp)
  const { frames, keys, longTasks } = await page.evaluate(() => window.notes)
  const recorded = profile ? (await cdp.send('Profiler.stop')).profile : undefined
  const lengths = frames.slice(1).map((time, index) => time - (frames[index] ?? 0))
  return {
    ...spent(before, after),
    frames: frames.length,
    frameP99: quantile(lengths, 0.99),
    longestTask: Math.max(0, ...longTasks),
    keyP95: quantile(keys, 0.95),
    lagMs: shownAt - lastByteAt,
    ...(await faultOf(page, makeAnswer(seed, scenario.tokens).join(''))),
    ...(recorded && { profile: recorded }),
  }
}

/** Whether all of the answer is there, and is Markdown. */
async function faultOf(page: Page, markdown: string): Promise<Pick<Run, 'fault'>> {
  const { codeLines, codeBlocks, tables } = expectationOf(markdown)
  const shown = await page.evaluate(() => ({
    text: document.body.textContent ?? '',
    isRaw: window.__bench.raw,
    codeBlocks: document.querySelectorAll('pre').length,
    tables: document.querySelectorAll('table').length,
  }))
  const text = shown.text.replace(/\s/g, '')
  const missing = codeLines.find((line) => !text.includes(line.replace(/\s/g, '')))
  if (missing !== undefined) return { fault: `“${missing}” is not shown` }
  if (shown.isRaw || (shown.codeBlocks >= codeBlocks && shown.tables >= tables)) return {}
  return { fault: `${shown.codeBlocks} of ${codeBlocks} blocks of code, ${shown.tables} of ${tables} tables` }
}

/** When a text is on the screen, in epoch milliseconds. */
async function shown(page: Page, text: string): Promise<number> {
  await page.evaluate((watched) => Object.assign(window.notes, { watched }), text)
  const handle = await page.waitForFunction(() => window.notes.shownAt, undefined, { polling: 20 })
  return (await handle.jsonValue()) ?? Number.NaN
}

function startTyping(cdp: CDPSession): { stop(): void } {
  const letters = 'the water turns the wheel '
  let typed = 0
  const timer = setInterval(() => {
    const text = letters[typed++ % letters.length] ?? ' '
    const key = { key: text, text, unmodifiedText: text }
    void cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }).catch(() => {})
    void cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text }).catch(() => {})
  }, keyEveryMs)
  return { stop: () => clearInterval(timer) }
}

function countScripts(cdp: CDPSession): { bytes(): number } {
  const scripts = new Set<string>()
  let bytes = 0
  cdp.on('Network.responseReceived', ({ type, requestId }) => type === 'Script' && scripts.add(requestId))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  return { bytes: () => bytes }
}

type Metrics = Readonly<Record<string, number>>

async function metricsOf(cdp: CDPSession): Promise<Metrics> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
}

function spent(before: Metrics, after: Metrics) {
  const ms = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)) * 1000
  return {
    cpuMs: ms('ThreadTime'),
    taskMs: ms('TaskDuration'),
    scriptMs: ms('ScriptDuration'),
    layoutMs: ms('LayoutDuration') + ms('RecalcStyleDuration'),
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
