import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What is said while there is no network. */
export interface OfflineStrings {
  readonly offline: (waiting: number) => string
  readonly queueOffline: string
}

export const offlineWords: Words<OfflineStrings> = {
  en: {
    offline: (waiting) =>
      waiting === 0
        ? 'You are offline. What you send waits, and leaves once you are connected.'
        : inEnglish.plural(waiting, {
            one: 'You are offline. {count} message waits, and leaves once you are connected.',
            other: 'You are offline. {count} messages wait, and leave once you are connected.',
          }),
    queueOffline: 'Sent once you are connected',
  },
  vi: {
    offline: (waiting) =>
      waiting === 0
        ? 'Bạn đang ngoại tuyến. Tin bạn gửi sẽ chờ và đi khi có mạng.'
        : inVietnamese.plural(waiting, { other: 'Bạn đang ngoại tuyến. {count} tin đang chờ và sẽ đi khi có mạng.' }),
    queueOffline: 'Gửi khi có mạng',
  },
}
