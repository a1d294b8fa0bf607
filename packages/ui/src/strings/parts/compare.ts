import type { Words } from '../strings.ts'

/** How far one of several replies is. */
export type CompareState = 'pending' | 'streaming' | 'done' | 'stopped' | 'failed'

/** What is said where several models answer one question. */
export interface CompareStrings {
  readonly compared: string
  readonly compareStates: Readonly<Record<CompareState, string>>
  readonly stopReply: (model: string) => string
  readonly goOnFrom: string
  readonly compareWith: string
  readonly comparedModel: string
  readonly unnamedModel: string
}

export const compareWords: Words<CompareStrings> = {
  en: {
    compared: 'Answers to compare',
    compareStates: {
      pending: 'Waiting',
      streaming: 'Writing',
      done: 'Done',
      stopped: 'Stopped',
      failed: 'Failed',
    },
    stopReply: (model) => `Stop ${model}`,
    goOnFrom: 'Go on from this answer',
    compareWith: 'Compare two models',
    comparedModel: 'Compared with',
    unnamedModel: 'Default model',
  },
  vi: {
    compared: 'Các câu trả lời để so sánh',
    compareStates: {
      pending: 'Đang chờ',
      streaming: 'Đang viết',
      done: 'Xong',
      stopped: 'Đã dừng',
      failed: 'Bị lỗi',
    },
    stopReply: (model) => `Dừng ${model}`,
    goOnFrom: 'Tiếp tục từ câu này',
    compareWith: 'So sánh hai mô hình',
    comparedModel: 'So với',
    unnamedModel: 'Mô hình mặc định',
  },
}
