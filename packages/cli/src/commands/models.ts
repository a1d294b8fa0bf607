import { buildCommand } from '@stricli/core'
import type { Context } from '../context.ts'
import { type ModelsFlags, printModels } from '../models.ts'
import { targetFlags } from './target-flags.ts'

export const modelsCommand = buildCommand<ModelsFlags, [], Context>({
  async func(flags) {
    this.process.exitCode = await printModels(this, flags)
  },
  parameters: {
    flags: {
      ...targetFlags,
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print them as a JSON array' },
    },
    aliases: { p: 'provider' },
  },
  docs: {
    brief: 'Try the key, and list the models with their prices',
    fullDescription: `Try the key, and list the models with their prices. The exit codes are those of ask: 3 for a key that is refused.`,
  },
})
