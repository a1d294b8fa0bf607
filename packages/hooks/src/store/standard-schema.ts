/**
 * What zod, valibot, arktype and others have in common: a way to validate, whatever library wrote the schema.
 * @see https://standardschema.dev
 */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    validate(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>>
    /** What it takes as JSON Schema, where the library can say that. */
    readonly jsonSchema?: {
      input(options: { readonly target: 'draft-07' }): Record<string, unknown>
    }
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

export interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** The same, of which any part may not be there yet. */
export type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> }
    : T

/** Issues as one line: `items.0.price: expected a number`. */
export function describeIssues(issues: readonly SchemaIssue[]): string {
  const keyOf = (step: PropertyKey | { readonly key: PropertyKey }) =>
    String(typeof step === 'object' ? step.key : step)
  return issues
    .map(({ message, path = [] }) => [path.map(keyOf).join('.'), message].filter(Boolean).join(': '))
    .join('; ')
}

/** Some schemas throw where they should say what is wrong. */
export async function validated<T>(schema: StandardSchema<T>, value: unknown): Promise<SchemaResult<T>> {
  try {
    return await schema['~standard'].validate(value)
  } catch (error) {
    return { issues: [{ message: error instanceof Error ? error.message : String(error) }] }
  }
}
