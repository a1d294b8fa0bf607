// `pnpm fuzz [runs]`: the long run of the fuzz tests, 100,000 spoilt streams unless another number is given.
import { runTests } from './lib/run-tests.mjs'

const [runs = '100000'] = process.argv.slice(2)
runTests(['packages/testing/src/fuzz.test.ts'], { MILLRACE_FUZZ_RUNS: runs })
