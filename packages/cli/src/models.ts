import { listModels, type Model, type Price, verifyKey } from '@millrace/core'
import type { Context } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { printable, styleFor } from './style.ts'
import { dollars } from './summary.ts'
import { chooseTarget, type Target, type TargetFlags } from './target.ts'

export interface ModelsFlags extends TargetFlags {
  readonly json: boolean
}

/**
 * Tries the key and lists the models it may use.
 * @throws {ChatError} for a key that is refused, or a list that cannot be had.
 */
export async function printModels({ process, fetch }: Context, flags: ModelsFlags): Promise<ExitCode> {
  const { stdout, stderr, env } = process
  const target = chooseTarget(flags, env)
  const models = await askForModels(target, fetch)
  const style = styleFor(stderr, env)
  await stdout.write(flags.json ? `${JSON.stringify(models, null, 2)}\n` : printable(toTable(models), stdout))
  if (stdout.failure) throw stdout.failure
  const count = models.length === 1 ? '1 model' : `${models.length} models`
  const keyIsGood = target.apiKey ? 'The key is accepted. ' : ''
  if (!stdout.isClosed) {
    await stderr.write(`${style.dim(`${keyIsGood}${target.provider.name} (${target.baseURL}) lists ${count}.`)}\n`)
  }
  return exitCodes.ok
}

async function askForModels({ provider, baseURL, apiKey }: Target, fetch: Context['fetch']): Promise<readonly Model[]> {
  if (!apiKey) return listModels(provider, { baseURL, fetch })
  const check = await verifyKey(provider, apiKey, { baseURL, fetch })
  if (check.ok) return check.models
  throw check.error
}

function toTable(models: readonly Model[]): string {
  const rows = models.map(({ id, name, price }) => [
    id,
    name === id ? '' : name,
    price ? describe(price) : 'price unknown',
  ])
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

function describe({ input, output, asOf, until }: Price): string {
  const dates = until ? `${asOf}, until ${until}` : asOf
  return `${dollars(input)} in, ${dollars(output)} out per million tokens (${dates})`
}
