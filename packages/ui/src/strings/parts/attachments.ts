import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What is said of files that are attached. */
export interface AttachmentStrings {
  readonly attachFiles: string
  readonly dropFiles: string
  readonly files: string
  readonly filesAttached: (count: number) => string
  readonly fileSize: (bytes: number) => string
  readonly removeFile: (name: string) => string
  readonly fileRefused: (name: string) => string
}

export const attachmentsWords: Words<AttachmentStrings> = {
  en: {
    attachFiles: 'Attach files',
    dropFiles: 'Drop to attach',
    files: 'Attached files',
    filesAttached: (count) =>
      inEnglish.plural(count, { one: '{count} file attached', other: '{count} files attached' }),
    fileSize: inEnglish.size,
    removeFile: (name) => `Remove ${name}`,
    fileRefused: (name) => `${name} cannot be attached.`,
  },
  vi: {
    attachFiles: 'Đính kèm tệp',
    dropFiles: 'Thả để đính kèm',
    files: 'Tệp đính kèm',
    filesAttached: (count) => inVietnamese.plural(count, { other: 'Đã đính kèm {count} tệp' }),
    fileSize: inVietnamese.size,
    removeFile: (name) => `Bỏ ${name}`,
    fileRefused: (name) => `Không đính kèm được ${name}.`,
  },
}
