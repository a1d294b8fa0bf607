/**
 * A name as servers compare it that do not tell upper from lower case: those written in Go take `MODEL` for `model`, and
 * letters like the Kelvin sign and the long s for those they look like.
 */
export function folded(name: string): string {
  return name.toUpperCase().toLowerCase()
}
