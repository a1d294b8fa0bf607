import { buildCommand } from '@stricli/core'
import type { Context } from '../context.ts'
import { serveDemo } from '../demo.ts'
import { parsePort } from '../parse-number.ts'

export const demoCommand = buildCommand<{ port: number }, [], Context>({
  async func(flags) {
    this.process.exitCode = await serveDemo(this, flags)
  },
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: parsePort,
        default: '8788',
        placeholder: 'n',
        brief: 'Where; 0 is any that is free',
      },
    },
  },
  docs: { brief: 'Run a provider without a model: every kind of answer and fault, over real HTTP' },
})
