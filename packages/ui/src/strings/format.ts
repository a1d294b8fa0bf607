/** Numbers and plurals of one language. */
export interface Format {
  /** 1,234 */
  number(value: number): string
  /** At most one decimal: 0.3 or 12. */
  decimal(value: number): string
  /** The form that goes with a count, `{count}` replaced by the number. */
  plural(count: number, forms: PluralForms): string
  /** 512 bytes, 12 kB, 3.4 MB. */
  size(bytes: number): string
  /** `4 s`, and from a minute on `2 min 5 s`; below ten seconds with one decimal if asked for. */
  duration(ms: number, options?: { readonly precise?: boolean }): string
}

/** Only `other` is needed: many languages have one form. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

export interface FormatUnits {
  readonly seconds: string
  readonly minutes: string
}

/** @param locale BCP 47 */
export function createFormat(locale: string, units: FormatUnits): Format {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const rules = new Intl.PluralRules(locale)
  // A number never parts from its unit at the end of a line.
  const measure = (value: string, unit: string) => `${value}\u00a0${unit}`
  return {
    number: (value) => whole.format(value),
    decimal: (value) => tenths.format(value),
    plural: (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('{count}', whole.format(count)),
    size(bytes) {
      const [unit, size] = bytes < 1000 ? ['byte', 1] : bytes < 1e6 ? ['kilobyte', 1e3] : (['megabyte', 1e6] as const)
      // Short, most languages leave the plural of bytes away.
      const unitDisplay = unit === 'byte' ? 'long' : 'short'
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(
        bytes / size,
      )
    },
    duration(ms, { precise = false } = {}) {
      if (precise && ms < 50) return measure(`< ${tenths.format(0.1)}`, units.seconds)
      if (precise && ms < 10_000) return measure(tenths.format(ms / 1000), units.seconds)
      const total = Math.max(1, Math.round(ms / 1000))
      const minutes = Math.floor(total / 60)
      const seconds = measure(whole.format(total % 60), units.seconds)
      if (minutes === 0) return seconds
      const inMinutes = measure(whole.format(minutes), units.minutes)
      return total % 60 === 0 ? inMinutes : `${inMinutes} ${seconds}`
    },
  }
}
