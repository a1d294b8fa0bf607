#!/usr/bin/env node
import { runMillrace } from './app.ts'
import { nodeContext } from './context.ts'

// Set, not exited with: what is still on its way to a pipe would be lost.
process.exitCode = await runMillrace(process.argv.slice(2), nodeContext(process))
