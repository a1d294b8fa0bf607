import { tool } from '@millrace/hooks'

interface PlaceInTime {
  readonly timeZone: string
  readonly locale: string
}

/** What the demo may call: it really runs, in this browser, and only once the reader has allowed it. */
export const demoTools = {
  local_time: tool({
    description: 'The time it is now in a time zone.',
    jsonSchema: {
      type: 'object',
      properties: {
        timeZone: { type: 'string', default: 'Asia/Ho_Chi_Minh' },
        locale: { type: 'string', default: 'vi-VN' },
      },
      required: ['timeZone', 'locale'],
    },
    needsApproval: true,
    execute(input) {
      const { timeZone, locale } = input as PlaceInTime // the demo fills in the defaults above
      return new Date().toLocaleString(locale, { timeZone, dateStyle: 'full', timeStyle: 'medium' })
    },
  }),
}
