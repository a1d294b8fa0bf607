import { cdp } from 'vitest/browser'

/**
 * How long the page's main thread has been at work so far, in milliseconds: the time that a processor gave it. What else
 * the machine does meanwhile does not count.
 */
export async function busyTime(): Promise<number> {
  await cdp().send('Performance.enable')
  const answer = await cdp().send('Performance.getMetrics')
  const { metrics } = answer as { readonly metrics: readonly { readonly name: string; readonly value: number }[] }
  const threadTime = metrics.find(({ name }) => name === 'ThreadTime')
  if (!threadTime) throw new Error('Chromium does not say how long its main thread was at work.')
  return threadTime.value * 1_000
}
