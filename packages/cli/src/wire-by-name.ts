import type { WireFormat, WireFormatName } from '@millrace/core'
import { wireFormat } from '@millrace/core/wire'
import { UsageError } from './usage-error.ts'

/** @throws {UsageError} that lists the formats there are. */
export function wireByName(name: string): WireFormat {
  try {
    // The registry answers a name that is none with an error, and that is what it is asked for.
    return wireFormat(name as WireFormatName)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'There is no such wire format.')
  }
}
