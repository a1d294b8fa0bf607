import type { Words } from '../strings.ts'

/** What is said of dictation. */
export interface VoiceStrings {
  readonly dictate: string
  readonly listening: string
  readonly voiceErrors: Readonly<
    Record<'not-allowed' | 'no-speech' | 'audio-capture' | 'network' | 'language-not-supported' | 'other', string>
  >
}

export const voiceWords: Words<VoiceStrings> = {
  en: {
    dictate: 'Dictate',
    listening: 'Listening',
    voiceErrors: {
      'not-allowed': 'The microphone is not allowed. Allow it for this page in the browser, then try again.',
      'no-speech': 'Nothing was heard. Try again, closer to the microphone.',
      'audio-capture': 'There is no microphone, or another program has it.',
      network: 'The browser could not reach its speech service. What was said so far is kept.',
      'language-not-supported': 'The browser does not understand this language.',
      other: 'Dictation did not work. What was said so far is kept.',
    },
  },
  vi: {
    dictate: 'Đọc cho máy viết',
    listening: 'Đang nghe',
    voiceErrors: {
      'not-allowed': 'Micrô chưa được phép dùng. Hãy cho phép trang này trong trình duyệt rồi thử lại.',
      'no-speech': 'Không nghe thấy gì. Hãy thử lại, gần micrô hơn.',
      'audio-capture': 'Không có micrô, hoặc chương trình khác đang dùng.',
      network: 'Trình duyệt không kết nối được dịch vụ giọng nói. Phần đã nói vẫn được giữ.',
      'language-not-supported': 'Trình duyệt không hiểu ngôn ngữ này.',
      other: 'Không ghi được lời nói. Phần đã nói vẫn được giữ.',
    },
  },
}
