import { createThreads, indexedDBStorage, resumeReply } from '@millrace/hooks'
import { addressedThread } from './thread-address.ts'

/** The chats of this page, kept in the browser. The one that the address names is open. */
export const threads = createThreads({ storage: indexedDBStorage(), resume: resumeReply })
threads.select(addressedThread())
