/** Takes events apart that were put one after the other: a blank line ends each, and is nowhere else. */
export function splitEvents(text: string): string[] {
  const events: string[] = []
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n\n', start)
    const next = end === -1 ? text.length : end + 2
    events.push(text.slice(start, next))
    start = next
  }
  return events
}
