type Methods = Record<string, (this: string, ...values: never[]) => unknown>

/**
 * How many characters were handed to the methods of strings and regular expressions while this ran. What is read over
 * and over is counted over and over, so that a test can tell linear from quadratic without a clock.
 * @param limit Where it gives up: what is quadratic would not end.
 */
export function countCharacters(run: () => void, limit = Number.POSITIVE_INFINITY): number {
  let count = 0
  const add = (length: number) => {
    count += length
    if (count > limit) throw new Error(`More than ${limit} characters were read.`)
  }
  const strings = String.prototype as unknown as Methods // replaced and put back below, as a spy would do it
  const names = Object.getOwnPropertyNames(strings).filter(
    (name) => name !== 'constructor' && typeof strings[name] === 'function',
  )
  const originals = Object.fromEntries(names.map((name) => [name, strings[name]])) as Methods
  const { exec } = RegExp.prototype
  try {
    for (const name of names) {
      const original = originals[name]
      strings[name] = function counted(...values) {
        add(this.length)
        return original?.apply(this, values)
      }
    }
    RegExp.prototype.exec = function counted(text) {
      add(text.length)
      return exec.call(this, text)
    }
    run()
  } finally {
    Object.assign(strings, originals)
    RegExp.prototype.exec = exec
  }
  return count
}
