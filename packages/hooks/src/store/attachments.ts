import {
  type FilePart,
  type FileSource,
  openaiChat,
  type ReadFilePartsOptions,
  readFileParts,
  type WireFormat,
} from '@millrace/core'

/** Reads what a person attaches. */
export interface Attachments {
  /** Makes parts of it. Rejects for what it does not take. */
  (files: readonly FileSource[]): Promise<readonly FilePart[]>
  /** Takes files of every kind; that of the default provider takes images alone. */
  readonly wire?: WireFormat
}

/**
 * Lets a chat send File, Blob and URL: their bytes are read off the main path, and what is too large or of no accepted
 * type is refused before anything is sent. Default: 20 MB each, of every type.
 */
export function attachments(options: Omit<ReadFilePartsOptions, 'signal'> = {}): Attachments {
  return Object.assign((files: readonly FileSource[]) => readFileParts(files, options), { wire: openaiChat })
}
