import { createDollars } from '../dollars.ts'
import type { Words } from '../strings.ts'

/** What is said of what replies took. */
export interface UsageStrings {
  /** Marks an estimate. */
  readonly about: (figure: string) => string
  readonly cost: (dollars: number) => string
  /** More was paid than is known. */
  readonly costAtLeast: (dollars: number) => string
  readonly usage: string
}

const inDollars = /* @__PURE__ */ createDollars('en')
const bangDola = /* @__PURE__ */ createDollars('vi')

export const usageWords: Words<UsageStrings> = {
  en: {
    about: (figure) => `≈ ${figure}`,
    cost: inDollars,
    costAtLeast: (dollars) => `at least ${inDollars(dollars)}`,
    usage: 'Usage',
  },
  vi: {
    about: (figure) => `≈ ${figure}`,
    cost: bangDola,
    costAtLeast: (dollars) => `ít nhất ${bangDola(dollars)}`,
    usage: 'Mức dùng',
  },
}
