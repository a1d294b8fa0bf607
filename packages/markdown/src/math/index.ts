import type { ReactExtension } from '../react/settings.ts'
import { Formula } from './formula.tsx'
import { backslashMath, blockMath, dollarMath } from './rules.ts'

/**
 * Formulas: `$x$`, `$$x$$`, `\(x\)` and `\[x\]`, shown as MathML, which browsers lay out and read aloud by themselves.
 * For the `extensions` of `<Markdown>`. Temml is loaded with the first formula.
 */
export const math: readonly ReactExtension[] = [
  { name: 'math', block: blockMath, inline: dollarMath, component: Formula },
  { name: 'backslash-math', inline: backslashMath, component: Formula },
]
