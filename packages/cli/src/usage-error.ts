/** The command line, or a variable it needs, is wrong. The message is all that its author has to see. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** No key was found where the provider needs one. */
export class MissingKeyError extends UsageError {}

/** What an option of a library says of itself is what its variable has to say. */
export function orUsageError<Result>(create: () => Result): Result {
  try {
    return create()
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error
  }
}
