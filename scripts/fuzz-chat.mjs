// `pnpm fuzz:chat [runs [seed]]`: the long run of the model of a chat, 10,000 of its lives unless another number is given.
import { runTests } from './lib/run-tests.mjs'

const [runs = '10000', seed = '1'] = process.argv.slice(2)
runTests(['packages/hooks/src/store/chat-model.test.ts'], { MILLRACE_CHAT_RUNS: runs, MILLRACE_CHAT_SEED: seed })
