import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createProxy } from '@millrace/proxy'
import { toNodeHandler } from '@millrace/proxy/node'
import { createFakeProvider, type FakeProvider, reply, say } from '@millrace/testing'
import { bundlePage } from './bundle-page.ts'
import { root } from './playground.ts'

const words = Array.from({ length: 5_000 }, (_, index) => `${index} `)
const fewWords = words.slice(0, 300)
/** What is answered; whoever asks for more gets more than a test waits for. */
export const wholeReply = fewWords.join('')

export interface ResumedChatSite {
  readonly url: string
  readonly provider: FakeProvider
  /** How many connections were cut. */
  readonly cuts: number
  stop(): Promise<void>
}

/** A page with one chat, and on the same origin a proxy whose connections are cut after some bytes. */
export async function startResumedChatSite(): Promise<ResumedChatSite> {
  const provider = createFakeProvider({
    script: ({ prompt }) => reply(say(prompt === 'more' ? words : fewWords)),
    pace: { delayMs: 8 },
  })
  const proxy = createProxy({ upstream: { baseURL: 'http://provider.test/v1' }, fetch: provider.fetch })
  const answer = toNodeHandler(proxy)
  const { script } = await bundlePage(join(root, 'e2e', 'pages', 'resumed-chat.ts'))
  let cuts = 0
  const server = createServer((request, response) => {
    answer(request, response, () => {
      const isScript = request.url === '/page.js'
      response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
      response.end(
        isScript ? script : '<!doctype html><title>A chat</title><script type="module" src="/page.js"></script>',
      )
    })
    const isStream = request.url?.endsWith('/chat/completions') || request.url?.includes('/streams/')
    if (isStream) cutAfter(response, 500 + Math.random() * 15_000, () => cuts++)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has an address of that kind
  return {
    url: `http://127.0.0.1:${port}`,
    provider,
    get cuts() {
      return cuts
    },
    async stop() {
      proxy.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** As when a phone changes its network: without a word, in the middle of whatever it was. */
function cutAfter(response: ServerResponse, bytes: number, onCut: () => void): void {
  const write = response.write.bind(response)
  let left = bytes
  response.write = (words: string | Uint8Array) => {
    const piece = Buffer.from(words)
    const isLast = piece.length >= left
    const result = write(isLast ? piece.subarray(0, left) : piece)
    left -= piece.length
    if (isLast) {
      onCut()
      // What is in the socket by then is still sent.
      setImmediate(() => response.socket?.resetAndDestroy())
    }
    return result
  }
}
