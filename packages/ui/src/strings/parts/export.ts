import type { Words } from '../strings.ts'

/** What the export menu says. */
export interface ExportStrings {
  readonly export: string
  readonly exportJson: string
  readonly exportMarkdown: string
  readonly print: string
  readonly importJson: string
  readonly importFailed: string
}

export const exportWords: Words<ExportStrings> = {
  en: {
    export: 'Export',
    exportJson: 'Download everything (JSON)',
    exportMarkdown: 'Download to read (Markdown)',
    print: 'Print',
    importJson: 'Open a downloaded chat',
    importFailed: 'This file is no chat that was downloaded here.',
  },
  vi: {
    export: 'Xuất',
    exportJson: 'Tải về toàn bộ (JSON)',
    exportMarkdown: 'Tải về để đọc (Markdown)',
    print: 'In',
    importJson: 'Mở cuộc trò chuyện đã tải về',
    importFailed: 'Tệp này không phải là cuộc trò chuyện đã tải về từ đây.',
  },
}
