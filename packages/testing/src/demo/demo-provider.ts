import { holysheep } from '@millrace/core'
import type { Pace } from '../body/pace.ts'
import { createFakeProvider, type FakeProvider, type FakeProviderOptions } from '../fake-provider.ts'
import { demoFault } from './demo-fault.ts'
import { demoScript } from './demo-script.ts'

/** Those of a fake provider but what the demo is made of. */
export type DemoOptions = Omit<FakeProviderOptions, 'script' | 'fault'>

const realisticPace: Pace = { firstTokenMs: 350, tokensPerSecond: 80, jitter: 0.3 }

/**
 * Creates the provider that answers where there is no other: written texts at the pace of a model, in English or
 * Vietnamese, and every fault by its name. `help` lists what it shows. Its models are those of `holysheep`.
 */
export function createDemoProvider(options: DemoOptions = {}): FakeProvider {
  return createFakeProvider({
    pace: realisticPace,
    // It may run for days, and threads grow.
    maxRequests: 100,
    models: holysheep.models.map(({ id }) => id),
    ...options,
    script: demoScript,
    fault: demoFault,
  })
}
