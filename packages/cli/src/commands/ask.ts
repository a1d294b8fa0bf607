import { buildCommand } from '@stricli/core'
import { type AskFlags, ask } from '../ask.ts'
import type { Context } from '../context.ts'
import { exitCodeHelp } from '../exit-codes.ts'
import { parseSeconds } from '../parse-number.ts'
import { wireByName } from '../wire-by-name.ts'
import { targetFlags } from './target-flags.ts'

export const askCommand = buildCommand<AskFlags, [prompt?: string], Context>({
  async func(flags, prompt) {
    this.process.exitCode = await ask(this, flags, prompt)
  },
  parameters: {
    flags: {
      model: {
        kind: 'parsed',
        parse: String,
        optional: true,
        brief: 'Which model. Default: the provider’s first; `millrace models` lists them',
      },
      ...targetFlags,
      wire: {
        kind: 'parsed',
        parse: wireByName,
        optional: true,
        placeholder: 'name',
        brief: 'The wire format, where it is not the provider’s own: openai-chat, anthropic …',
      },
      system: {
        kind: 'parsed',
        parse: String,
        optional: true,
        placeholder: 'text',
        brief: 'Instructions for the model',
      },
      json: { kind: 'boolean', default: false, withNegated: false, brief: 'Print each chunk as a line of JSON' },
      raw: { kind: 'boolean', default: false, withNegated: false, brief: 'Print the wire as it is received' },
      reasoning: {
        kind: 'boolean',
        optional: true,
        brief: 'Show on stderr what the model thinks. Default: where that is a terminal',
      },
      color: { kind: 'boolean', default: true, brief: 'Colours, on a terminal. NO_COLOR turns them off as well' },
      quiet: { kind: 'boolean', default: false, withNegated: false, brief: 'No last line with tokens, speed and cost' },
      timeout: {
        kind: 'parsed',
        parse: parseSeconds,
        optional: true,
        placeholder: 's',
        brief: 'Seconds of silence to wait for. Default: 15 to connect, 60 for the first token, then 30',
      },
    },
    aliases: { m: 'model', p: 'provider', s: 'system', q: 'quiet' },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          parse: String,
          optional: true,
          placeholder: 'prompt',
          brief: 'What to ask; what is piped in follows it. Without it, or with -, all of stdin',
        },
      ],
    },
  },
  docs: {
    brief: 'Ask a model, and stream its reply to the terminal',
    customUsage: [
      '"Why is the sky blue?"',
      '-p anthropic -s "Answer in one sentence." "What is a millrace?"',
      '"Summarize this:" < report.md',
      '--json "Hello" | jq -r "select(.type == \\"text-delta\\").text"',
    ],
    fullDescription: `Ask a model, and stream its reply to the terminal. Text goes to stdout, all else to stderr.

The key is read from the environment: MILLRACE_API_KEY, else the provider’s own, OPENAI_API_KEY for openai.

${exitCodeHelp}`,
  },
})
