import type { Words } from '../strings.ts'

/** What `Feedback` says. */
export interface FeedbackStrings {
  readonly goodAnswer: string
  readonly badAnswer: string
  readonly whatWasWrong: string
  readonly whyOptional: string
  readonly sendReason: string
  readonly feedbackThanks: string
}

export const feedbackWords: Words<FeedbackStrings> = {
  en: {
    goodAnswer: 'Good answer',
    badAnswer: 'Bad answer',
    whatWasWrong: 'What was wrong with it?',
    whyOptional: 'In a few words, if you like',
    sendReason: 'Send',
    feedbackThanks: 'Thank you for telling.',
  },
  vi: {
    goodAnswer: 'Câu trả lời tốt',
    badAnswer: 'Câu trả lời chưa tốt',
    whatWasWrong: 'Điều gì chưa ổn?',
    whyOptional: 'Vài lời, nếu bạn muốn',
    sendReason: 'Gửi',
    feedbackThanks: 'Cảm ơn bạn đã cho biết.',
  },
}
