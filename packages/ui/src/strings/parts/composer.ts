import type { Words } from '../strings.ts'

/** What the composer says, also where it is without a chat around it. */
export interface ComposerStrings {
  readonly message: string
  readonly placeholder: string
  readonly send: string
  readonly sendQueued: string
  readonly stop: string
  readonly composerHint: string
  readonly notSent: string
  readonly queue: string
  readonly leftQueue: string
  readonly cancelQueued: string
  readonly editMessage: string
  readonly save: string
  readonly cancel: string
  readonly file: string
}

export const composerWords: Words<ComposerStrings> = {
  en: {
    message: 'Message',
    placeholder: 'Ask anything',
    send: 'Send',
    sendQueued: 'Send after this answer',
    stop: 'Stop',
    composerHint: 'Enter to send · Shift+Enter for a new line · ↑ for your last message',
    notSent: 'This was not sent. Your text is still here.',
    queue: 'Sent after this answer',
    leftQueue: 'That message waits no longer. What you were changing it to is here.',
    cancelQueued: 'Do not send',
    editMessage: 'Edit the message',
    save: 'Save',
    cancel: 'Cancel',
    file: 'File',
  },
  vi: {
    message: 'Tin nhắn',
    placeholder: 'Hỏi bất cứ điều gì',
    send: 'Gửi',
    sendQueued: 'Gửi sau câu trả lời này',
    stop: 'Dừng',
    composerHint: 'Enter để gửi · Shift+Enter để xuống dòng · ↑ để lấy lại tin vừa gửi',
    notSent: 'Tin này chưa được gửi. Nội dung vẫn còn ở đây.',
    queue: 'Gửi sau câu trả lời này',
    leftQueue: 'Tin đó không còn chờ nữa. Nội dung bạn đang sửa nằm ở đây.',
    cancelQueued: 'Không gửi nữa',
    editMessage: 'Sửa tin nhắn',
    save: 'Lưu',
    cancel: 'Hủy',
    file: 'Tệp',
  },
}
