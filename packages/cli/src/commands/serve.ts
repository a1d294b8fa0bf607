import { buildCommand } from '@stricli/core'
import type { Context } from '../context.ts'
import { parsePort } from '../parse-number.ts'
import { type ServeFlags, serveProxy } from '../serve.ts'
import { targetFlags } from './target-flags.ts'

export const serveCommand = buildCommand<ServeFlags, [], Context>({
  async func(flags) {
    this.process.exitCode = await serveProxy(this, flags)
  },
  parameters: {
    flags: {
      port: {
        kind: 'parsed',
        parse: parsePort,
        optional: true,
        placeholder: 'n',
        brief: 'Where; 0 is any that is free. Default: PORT, else 8787',
      },
      host: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'address',
        brief: 'Which address to listen at. Default: HOST, else 127.0.0.1',
      },
      insecure: {
        kind: 'boolean',
        default: false,
        withNegated: false,
        brief: 'Let any --host and any caller in: whoever reaches the proxy can spend the key',
      },
      ...targetFlags,
    },
    aliases: { p: 'provider' },
  },
  docs: {
    brief: 'Run the proxy: it keeps the key, and streams between your pages and the provider',
    fullDescription:
      'Run the proxy: it keeps the key, and streams between your pages and the provider. It answers this machine alone, unless AUTH_TOKENS or JWT_… say who may ask. Everything else is said by variables too: see the README of the package.',
  },
})
