/** A value read from JSON that nobody has vouched for. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object, or an empty one: absent, null and wrong shapes read alike. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

const none: readonly JsonObject[] = []

/** The objects in a list; none where it is no list. */
export function asObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : none
}

/** A string; `''`, null and absent read alike. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** The same without the keys that hold undefined, which comparing and counting would see. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T
}

/** The value, or undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
