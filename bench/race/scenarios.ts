export interface Scenario {
  readonly title: string
  readonly tokens: number
  readonly tokensPerSecond: number
  readonly tokensPerEvent: number
  /** How many messages are there before. */
  readonly history: number
  /** How much slower the processor is made. */
  readonly slowdown?: number
  /** Nothing is asked: the thread is shown, and that is all. */
  readonly isMount?: boolean
}

export const scenarios = {
  A: {
    title: '4,000 tokens at 200 a second, one an event',
    tokens: 4_000,
    tokensPerSecond: 200,
    tokensPerEvent: 1,
    history: 0,
  },
  B8: {
    title: '8,000 tokens at 5,000 a second, five an event',
    tokens: 8_000,
    tokensPerSecond: 5_000,
    tokensPerEvent: 5,
    history: 0,
  },
  B32: {
    title: '32,000 tokens at 5,000 a second, five an event',
    tokens: 32_000,
    tokensPerSecond: 5_000,
    tokensPerEvent: 5,
    history: 0,
  },
  C: {
    title: '500 messages, then 2,000 tokens at 400 a second',
    tokens: 2_000,
    tokensPerSecond: 400,
    tokensPerEvent: 1,
    history: 500,
  },
  D: {
    title: 'first paint of 1,000 messages',
    tokens: 300,
    tokensPerSecond: 400,
    tokensPerEvent: 1,
    history: 1_000,
    isMount: true,
  },
  E: {
    title: '2,000 tokens at 200 a second, on a processor four times as slow',
    tokens: 2_000,
    tokensPerSecond: 200,
    tokensPerEvent: 1,
    history: 0,
    slowdown: 4,
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios
