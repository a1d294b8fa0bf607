/**
 * What of an address stays the same for whoever has it: without a port, which is another one for each connection, and of
 * IPv6 the network alone, since who has one address has all 2^64 of it.
 */
export function networkOf(address: string): string {
  const [v4] = /\d{1,3}(?:\.\d{1,3}){3}/.exec(address) ?? []
  if (v4) return v4
  const host = /^\[(.+)\]/.exec(address)?.[1] ?? address
  const url = `http://[${host.replace(/%.*/, '')}]`
  if (!URL.canParse(url)) return address
  const [head = '', tail = ''] = new URL(url).hostname.slice(1, -1).split('::')
  const groups = [head, tail].map((part) => part.split(':').filter(Boolean))
  const missing = 8 - groups.flat().length
  const whole = [...(groups[0] ?? []), ...Array.from({ length: missing }, () => '0'), ...(groups[1] ?? [])]
  return `${whole.slice(0, 4).join(':')}::/64`
}
