import type { TestProject } from 'vitest/node'
import { faultNames } from '../faults/fault.ts'
import { serveFakeProvider } from '../node.ts'
import { reply, say } from '../reply/reply.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a fake provider answers over HTTP; it fails as the prompt names it. */
    fakeProviderURL: string
  }
}

/** What it answers where nothing fails. */
export const answer = 'One, two, three, four, five, six.'

/** For tests in a browser, which can start no server themselves. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await serveFakeProvider({
    script: reply(say(answer.split(/(?<= )/))),
    fault: ({ prompt }) => faultNames.find((name) => name === prompt),
    pace: { delayMs: 5 },
  })
  project.provide('fakeProviderURL', server.baseURL)
  return () => server.close()
}
