/** A day on the calendar, the same wherever it is read. @param locale BCP 47 @param date YYYY-MM-DD */
export function formatDay(locale: string, date: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date))
}
