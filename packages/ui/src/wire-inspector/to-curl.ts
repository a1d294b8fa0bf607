import type { WireExchange } from './exchange.ts'
import { secretName } from './redact.ts'

// The browser and curl each say these for themselves.
const own = /^(?:content-length|host|connection|accept-encoding|user-agent|origin|referer|sec-.*)$/i

/** The request as a command for a shell. Keys are variables: `$AUTHORIZATION`. */
export function toCurl({ method, url, requestHeaders, requestBody }: WireExchange): string {
  const lines = [`curl -N -X ${method} ${quoted(url)}`]
  for (const [name, value] of requestHeaders) {
    if (own.test(name)) continue
    const isSecret = secretName.test(name)
    lines.push(
      isSecret ? `-H "${name}: $${name.toUpperCase().replaceAll('-', '_')}"` : `-H ${quoted(`${name}: ${value}`)}`,
    )
  }
  if (requestBody !== '') lines.push(`--data-raw ${quoted(requestBody)}`)
  return lines.join(' \\\n  ')
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
