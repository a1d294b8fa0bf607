/** A value read from JSON that nobody has vouched for. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function at(value: unknown, key: string): unknown {
  return isObject(value) ? value[key] : undefined
}

/** The object under a key, or an empty one: absent, null and wrong shapes read alike. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = at(value, key)
  return isObject(found) ? found : {}
}

/** The objects in the list under a key. */
export function objectsAt(value: unknown, key: string): JsonObject[] {
  const found = at(value, key)
  return Array.isArray(found) ? found.filter(isObject) : []
}

/** The string under a key; `''`, null and absent read alike. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key)
  return typeof found === 'string' && found ? found : undefined
}

export function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key)
  return typeof found === 'number' ? found : undefined
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
