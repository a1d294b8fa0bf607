import { useSyncExternalStore } from 'react'

export interface TokenTableProps {
  /** What the names of the tokens begin with, after `--mr-`. */
  readonly prefixes: readonly string[]
}

/** Custom properties as the style sheet of the page has them, so that none is missing here and none outlived it. */
export function TokenTable({ prefixes }: TokenTableProps) {
  const names = useSyncExternalStore(subscribeToNothing, readTokenNames)
  const shown = names.filter((name) => prefixes.some((prefix) => name.startsWith(`--mr-${prefix}`)))
  return (
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>Light</th>
          <th>Dark</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((name) => (
          <tr key={name}>
            <td>
              <code>{name}</code>
            </td>
            <TokenCell name={name} theme="light" />
            <TokenCell name={name} theme="dark" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const subscribeToNothing = () => () => {}

let tokenNames: readonly string[] | undefined

function readTokenNames(): readonly string[] {
  tokenNames ??= [...new Set([...document.styleSheets].flatMap(({ cssRules }) => namesIn(cssRules)))]
  return tokenNames
}

function namesIn(rules: CSSRuleList): string[] {
  return [...rules].flatMap((rule) => {
    const own = rule instanceof CSSStyleRule && rule.selectorText === '.millrace' ? [...rule.style] : []
    const nested = rule instanceof CSSGroupingRule ? namesIn(rule.cssRules) : []
    return [...own.filter((name) => name.startsWith('--mr-')), ...nested]
  })
}

function TokenCell({ name, theme }: { readonly name: string; readonly theme: 'light' | 'dark' }) {
  return (
    <td className="millrace" data-theme={theme}>
      <TokenSample name={name} />
    </td>
  )
}

function TokenSample({ name }: { readonly name: string }) {
  const value = `var(${name})`
  if (/^--mr-(color|code|shadow)/.test(name)) {
    const paint = name === '--mr-shadow' ? { boxShadow: value } : { background: value }
    return <div style={{ ...paint, blockSize: 24, minInlineSize: 72, borderRadius: 6 }} />
  }
  if (/^--mr-font-size/.test(name)) return <span style={{ fontSize: value }}>Chữ Ế</span>
  if (/^--mr-font/.test(name)) return <span style={{ fontFamily: value }}>Chữ Ế, 0 O 1 l</span>
  if (/^--mr-radius/.test(name)) {
    return <div style={{ blockSize: 32, inlineSize: 64, border: '1px solid', borderRadius: value }} />
  }
  return <Length value={value} />
}

/** Lengths to scale; what is no length, a duration say, has no sample. */
function Length({ value }: { readonly value: string }) {
  return <div style={{ blockSize: 12, inlineSize: `min(${value}, 12rem)`, background: 'var(--mr-color-accent)' }} />
}
