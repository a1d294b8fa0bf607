import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What the key dialog says. */
export interface KeyDialogStrings {
  readonly keyTitle: string
  readonly keyProvider: string
  readonly keyLabel: string
  readonly keyHint: (provider: string) => string
  readonly showKey: string
  readonly hideKey: string
  readonly keyPlace: string
  readonly keyPlaces: Readonly<Record<'page' | 'tab' | 'browser', { readonly name: string; readonly hint: string }>>
  readonly checkAndUse: string
  readonly checkingKey: (provider: string) => string
  readonly keyMissing: string
  readonly keyRejected: (provider: string) => string
  readonly keyUnreachable: (provider: string) => string
  readonly keyUnchecked: (provider: string) => string
  readonly keyAccepted: (models: number) => string
  readonly useUnchecked: string
  readonly removeKey: string
  readonly done: string
}

export const keyDialogWords: Words<KeyDialogStrings> = {
  en: {
    keyTitle: 'API key',
    keyProvider: 'Provider',
    keyLabel: 'Key',
    keyHint: (provider) => `It is sent to ${provider} and to nobody else.`,
    showKey: 'Show the key',
    hideKey: 'Hide the key',
    keyPlace: 'Where to keep it',
    keyPlaces: {
      page: { name: 'This page only', hint: 'Gone once it is closed or loaded again.' },
      tab: { name: 'This tab', hint: 'Gone once the tab is closed.' },
      browser: { name: 'This browser', hint: 'Until you remove it. Whoever uses this browser can read it.' },
    },
    checkAndUse: 'Check and use',
    checkingKey: (provider) => `Asking ${provider} …`,
    keyMissing: 'Enter a key first.',
    keyRejected: (provider) =>
      `${provider} did not accept this key. It may be mistyped, expired or for another provider.`,
    keyUnreachable: (provider) => `${provider} could not be reached, so the key was not checked.`,
    keyUnchecked: (provider) => `${provider} answered something else, so the key was not checked.`,
    keyAccepted: (models) =>
      inEnglish.plural(models, {
        one: 'The key works. It may use {count} model.',
        other: 'The key works. It may use {count} models.',
      }),
    useUnchecked: 'Use it unchecked',
    removeKey: 'Remove the key',
    done: 'Done',
  },
  vi: {
    keyTitle: 'Khóa API',
    keyProvider: 'Nhà cung cấp',
    keyLabel: 'Khóa',
    keyHint: (provider) => `Chỉ gửi đến ${provider}, không gửi cho ai khác.`,
    showKey: 'Hiện khóa',
    hideKey: 'Ẩn khóa',
    keyPlace: 'Lưu ở đâu',
    keyPlaces: {
      page: { name: 'Chỉ trang này', hint: 'Mất khi đóng hoặc tải lại trang.' },
      tab: { name: 'Thẻ này', hint: 'Mất khi đóng thẻ.' },
      browser: { name: 'Trình duyệt này', hint: 'Đến khi bạn xóa. Ai dùng trình duyệt này cũng đọc được.' },
    },
    checkAndUse: 'Kiểm tra và dùng',
    checkingKey: (provider) => `Đang hỏi ${provider} …`,
    keyMissing: 'Hãy nhập khóa trước.',
    keyRejected: (provider) =>
      `${provider} không chấp nhận khóa này. Khóa có thể sai, hết hạn hoặc của nhà cung cấp khác.`,
    keyUnreachable: (provider) => `Không kết nối được ${provider} nên khóa chưa được kiểm tra.`,
    keyUnchecked: (provider) => `${provider} trả lời khác dự kiến nên khóa chưa được kiểm tra.`,
    keyAccepted: (models) => inVietnamese.plural(models, { other: 'Khóa dùng được, với {count} mô hình.' }),
    useUnchecked: 'Dùng mà không kiểm tra',
    removeKey: 'Xóa khóa',
    done: 'Xong',
  },
}
