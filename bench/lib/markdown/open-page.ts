import { chromium } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../../scripts/lib/chromium.mjs'
import { bundlePage } from '../bundle-page.ts'
import type { Shown, ShowOptions } from './page.tsx'

export interface Measured extends Shown {
  /** Time of the main thread for all of it, garbage collection and painting included. */
  readonly cpuMs: number
}

export interface BenchPage {
  measure(options: ShowOptions): Promise<Measured>
  close(): Promise<void>
}

/** A page in Chromium with all contestants, as an application would bundle them. */
export async function openPage(): Promise<BenchPage> {
  const [script, styles] = await bundlePage(`${import.meta.dirname}/page.tsx`)
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArgs })

  async function measure(options: ShowOptions): Promise<Measured> {
    // A page of its own for each run: nothing of the one before is left.
    const page = await browser.newPage()
    await page.setContent(`<!doctype html><style>${styles}${pageStyles}</style><body></body>`)
    await page.addScriptTag({ content: script })
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('HeapProfiler.collectGarbage')
    const cpuMs = async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return 1_000 * (metrics.find((metric) => metric.name === 'ThreadTime')?.value ?? Number.NaN)
    }
    const before = await cpuMs()
    const shown = await page.evaluate((given) => globalThis.showAs(given), options)
    const measured = { ...shown, cpuMs: (await cpuMs()) - before }
    await page.close()
    return measured
  }

  return { measure, close: () => browser.close() }
}

const pageStyles = `
  body { font: 16px/1.6 sans-serif; max-width: 46rem; margin: 0 auto; }
  pre { overflow-x: auto; font: 13px/1.5 monospace; }
  table { border-collapse: collapse; }
  td, th { padding: 4px 8px; border: 1px solid; }
`
