// `pnpm fuzz:markdown [cases [seed]]`: the long run of the Markdown tests. 100,000 texts are streamed and compared with the
// same texts parsed whole, unless another number is given, and 2,000 generated answers with the reference parsers.
import { runTests } from './lib/run-tests.mjs'

const [cases = '100000', seed = '1'] = process.argv.slice(2)
const files = ['streamed', 'reference'].map((name) => `packages/markdown/src/parser/${name}.test.ts`)
runTests(files, {
  MILLRACE_MARKDOWN_CASES: cases,
  MILLRACE_MARKDOWN_SEED: seed,
  MILLRACE_MARKDOWN_DOCUMENTS: '2000',
})
