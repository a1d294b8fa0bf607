import { pause, reply } from '@millrace/testing'
import type { TestProject } from 'vitest/node'
import { tokenAuth } from '../auth/token-auth.ts'
import { serveProxy } from './serve.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a proxy answers pages of every origin that bring the token, over HTTP. */
    proxyURL: string
  }
}

const browserToken = 'tk-browser-0123456789'

/** For tests in a browser, which can start no server themselves. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const script = ({ prompt }: { prompt: string }) =>
    prompt === 'slow' ? reply('One ', pause(60_000), 'two') : { ...reply('Xin chào 🙂'), usage }
  const { baseURL, close } = await serveProxy(
    { script, fault: ({ prompt }) => (prompt === 'cut' ? 'cut' : undefined) },
    { authenticate: tokenAuth([browserToken]), cors: { origins: ['*'] } },
  )
  project.provide('proxyURL', baseURL)
  return close
}

const usage = { inputTokens: 11, outputTokens: 22, totalTokens: 33 }
