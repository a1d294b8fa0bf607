/** Names of headers and parameters whose values nobody is to see. */
export const secretName = /auth|key|cookie|token|secret/i
const mask = '•••'

/** Takes keys out of what is shown. */
export interface Redactor {
  headers(headers: Headers): (readonly [name: string, value: string])[]
  url(url: string): string
  text(text: string): string
}

/** Hides what the headers and the address of a request name as secret, also where it turns up elsewhere: in an error, say. */
export function createRedactor(url: string, headers: Headers): Redactor {
  const secrets = [...headers, ...new URL(url, globalThis.location?.href).searchParams]
    .filter(([name]) => secretName.test(name))
    // Behind `Bearer`, `Token`, or whatever says what the key is.
    .map(([, value]) => value.replace(/^\S+\s+/, ''))
    .filter((value) => value.length > 3)
    // Of one that another begins with, the rest would stay.
    .sort((one, other) => other.length - one.length)

  const text = (shown: string) => secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), shown)

  return {
    text,
    headers: (shown) => [...shown].map(([name, value]) => [name, secretName.test(name) ? mask : text(value)]),
    url(shown) {
      const parts = new URL(shown, globalThis.location?.href)
      for (const name of [...parts.searchParams.keys()]) {
        if (secretName.test(name)) parts.searchParams.set(name, '_')
      }
      return text(parts.href)
    },
  }
}
