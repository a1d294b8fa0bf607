import { afterEach, describe, expect, it, vi } from 'vitest'
import { scriptedFetch, streams } from '../test-support/scripted-fetch.ts'
import { explainFetchError } from './fetch-error.ts'

const cause = new TypeError('Failed to fetch')
const alive = scriptedFetch(streams('')).fetch
const dead: typeof fetch = () => Promise.reject(cause)
const foreign = 'https://api.test/v1/chat/completions'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** As on a page at this address; without one, as in Node. */
function on(page?: string): void {
  vi.stubGlobal('location', page && new URL(page))
  vi.stubGlobal('navigator', { onLine: true })
}

describe('a request that failed', () => {
  it('is offline where the device is', async () => {
    on('https://page.test/')
    vi.stubGlobal('navigator', { onLine: false })
    const { fetch, sent } = scriptedFetch(streams(''))
    expect(await explainFetchError(foreign, cause, fetch)).toMatchObject({ code: 'offline' })
    expect(sent).toEqual([])
  })

  it('is refused by CORS where the server is alive', async () => {
    on('https://page.test/')
    expect(await explainFetchError(foreign, cause, alive)).toMatchObject({ code: 'cors', cause, retryable: false })
  })

  it('is a failure of the network where the server is not', async () => {
    on('https://page.test/')
    expect(await explainFetchError(foreign, cause, dead)).toMatchObject({ code: 'network', cause, retryable: true })
  })

  it.each(['/v1/chat/completions', 'https://page.test/v1/chat/completions'])(
    'is a failure of the network on the own origin: %s',
    async (url) => {
      on('https://page.test/app')
      expect(await explainFetchError(url, cause, alive)).toMatchObject({ code: 'network' })
    },
  )

  it('is a failure of the network outside a browser, and nothing more is asked', async () => {
    on()
    const { fetch, sent } = scriptedFetch(streams(''))
    expect(await explainFetchError(foreign, cause, fetch)).toMatchObject({ code: 'network' })
    expect(sent).toEqual([])
  })
})

describe('the question whether a server is alive', () => {
  it('needs no permission of that server, and brings nothing along', async () => {
    on('https://page.test/')
    const { fetch, sent } = scriptedFetch(streams(''))
    await explainFetchError(foreign, cause, fetch)
    expect(sent).toMatchObject([{ url: foreign, init: { mode: 'no-cors' } }])
    expect(sent[0]?.init).not.toHaveProperty('headers')
    expect(sent[0]?.init).not.toHaveProperty('body')
  })
})
