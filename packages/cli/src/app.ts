import { readFileSync } from 'node:fs'
import { buildApplication, buildRouteMap, ExitCode as ParserExitCode, run, text_en } from '@stricli/core'
import { askCommand } from './commands/ask.ts'
import { demoCommand } from './commands/demo.ts'
import { modelsCommand } from './commands/models.ts'
import { serveCommand } from './commands/serve.ts'
import type { Context } from './context.ts'
import { exitCodeHelp, exitCodeOfError, exitCodes } from './exit-codes.ts'

const app = buildApplication(
  buildRouteMap({
    routes: { ask: askCommand, models: modelsCommand, serve: serveCommand, demo: demoCommand },
    docs: {
      brief: 'Streams model answers into the terminal.',
      fullDescription: `Streams model answers into the terminal.\n\n${exitCodeHelp}`,
    },
  }),
  {
    name: 'millrace',
    versionInfo: { currentVersion: readVersion() },
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    localization: { text: { ...text_en, exceptionWhileRunningCommand: messageOf, formatException: messageOf } },
    determineExitCode: exitCodeOfError,
  },
)

/** Runs one command line, without the name of the program. Returns the exit code; what went wrong is on stderr. */
export async function runMillrace(args: readonly string[], context: Context): Promise<number> {
  await run(app, args, context)
  const { exitCode = exitCodes.ok, stdout } = context.process
  // Nobody is left to care about the rest of a help text.
  if (stdout.isClosed) return exitCodes.ok
  const isUsage = exitCode === ParserExitCode.InvalidArgument || exitCode === ParserExitCode.UnknownCommand
  if (isUsage) return exitCodes.usage
  return exitCode < 0 ? exitCodes.other : exitCode
}

/** What went wrong is said in a sentence; a stack helps only with what should never happen. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isBug = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  return isBug && error.stack ? error.stack : error.message
}

function readVersion(): string {
  // The same file from `src` and from `dist`.
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '0.0.0'
}
