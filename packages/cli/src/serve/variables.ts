import { readFileSync } from 'node:fs'
import type { Environment } from '../context.ts'
import { UsageError } from '../usage-error.ts'

/** Reads variables of the environment. An empty one counts as not set. What is wrong with one is said without its value. */
export interface Variables {
  text(name: string): string | undefined
  /**
   * The same, or what is in the file that `<name>_FILE` names: secrets of Docker and Kubernetes are files.
   * @throws {UsageError} where both are set, or the file cannot be read.
   */
  secret(name: string): string | undefined
  /** Parts between commas. */
  list(name: string): string[] | undefined
  number(name: string): number | undefined
  flag(name: string): boolean
  /** @throws {UsageError} for anything but these. */
  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined
  json(name: string): unknown
}

export function readVariables(env: Environment): Variables {
  const text = (name: string) => env[name]?.trim() || undefined

  function secret(name: string): string | undefined {
    const path = text(`${name}_FILE`)
    if (path === undefined) return text(name)
    if (text(name) !== undefined) throw new UsageError(`${name} and ${name}_FILE are both set: which one counts?`)
    try {
      // Editors end files in a line break.
      return readFileSync(path, 'utf8').trim() || undefined
    } catch {
      throw new UsageError(`The file that ${name}_FILE names cannot be read.`)
    }
  }

  return {
    text,
    secret,
    list: (name) => splitList(text(name)),
    number(name) {
      const value = text(name)
      if (value === undefined) return undefined
      const number = Number(value)
      if (Number.isFinite(number) && number >= 0) return number
      throw new UsageError(`${name} is no number.`)
    },
    flag(name) {
      const value = text(name)?.toLowerCase()
      if (value === undefined || ['0', 'false', 'no', 'off'].includes(value)) return false
      if (['1', 'true', 'yes', 'on'].includes(value)) return true
      throw new UsageError(`${name} is neither true nor false.`)
    },
    oneOf(name, values) {
      const value = text(name)
      const found = values.find((candidate) => candidate === value)
      if (value !== undefined && !found) throw new UsageError(`${name} must be one of: ${values.join(', ')}.`)
      return found
    },
    json(name) {
      const value = secret(name)
      if (value === undefined) return undefined
      try {
        return JSON.parse(value)
      } catch {
        throw new UsageError(`${name} is not JSON.`)
      }
    },
  }
}

export function splitList(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}
