/** Amounts in US dollars: to the cent from a dollar on, below it with the two digits that say something. @param locale BCP 47 */
export function createDollars(locale: string): (amount: number) => string {
  const style = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const
  const cents = new Intl.NumberFormat(locale, style)
  const small = new Intl.NumberFormat(locale, { ...style, minimumSignificantDigits: 2, maximumSignificantDigits: 2 })
  // What is a dollar once it is rounded is one.
  return (amount) => (amount > 0 && amount < 0.995 ? small : cents).format(amount)
}
