import { createManualProvider, type ManualProvider } from '@millrace/testing'
import { type ServedProvider, serveFakeProvider } from '@millrace/testing/node'

/** A provider over HTTP whose reply the test writes by hand. */
export async function serveManualProvider(): Promise<{ manual: ManualProvider; server: ServedProvider }> {
  const manual = createManualProvider()
  const fetch = (input: RequestInfo | URL, init?: RequestInit) =>
    manual.fetch(input instanceof Request ? input.url : input, init)
  return { manual, server: await serveFakeProvider({ provider: { fetch, requests: [] } }) }
}
