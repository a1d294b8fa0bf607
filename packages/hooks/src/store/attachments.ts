import { type FilePart, type FileSource, type ReadFilePartsOptions, readFileParts } from '@millrace/core'

/** Makes parts of what a person attaches. Rejects for what it does not take. */
export type Attachments = (files: readonly FileSource[]) => Promise<readonly FilePart[]>

/**
 * Lets a chat send File, Blob and URL: their bytes are read off the main path, and what is too large or of no accepted
 * type is refused before anything is sent. Default: 20 MB each, of every type.
 */
export function attachments(options: Omit<ReadFilePartsOptions, 'signal'> = {}): Attachments {
  return (files) => readFileParts(files, options)
}
