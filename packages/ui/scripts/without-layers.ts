/**
 * A style sheet with its cascade layers taken away and its rules left as they are, for pages whose own rules stand
 * outside any layer and would win over all of ours.
 */
export function withoutLayers(css: string): string {
  let kept = ''
  let depth = 0
  /** How deep the blocks of layers are that were opened: their closing braces go too. */
  const layers: number[] = []
  for (const [token = ''] of css.matchAll(tokens)) {
    const opensLayer = token.startsWith('@layer') && token.endsWith('{')
    if (token.endsWith('{')) depth++
    if (opensLayer) layers.push(depth)
    if (token === '}' && layers.at(-1) === depth--) layers.pop()
    else if (!token.startsWith('@layer')) kept += token
  }
  return kept
}

// Comments and texts are whole, so that no brace in them counts.
const tokens = /\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|@layer[^{;]*[{;]|[{}]|[^{}"'/@]+|[\s\S]/g
