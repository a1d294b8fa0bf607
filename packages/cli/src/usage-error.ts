/** The command line, or a variable it needs, is wrong. The message is all that its author has to see. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** No key was found where the provider needs one. */
export class MissingKeyError extends UsageError {}
