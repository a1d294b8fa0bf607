import bootstrapSource from 'bootstrap/dist/css/bootstrap.css?inline'
import preflightSource from 'tailwindcss/preflight.css?raw'
import { withoutLayers } from '../../scripts/without-layers.ts'
import ownSource from '../styles.css?inline'

/** The whole style sheet of the package. */
export const ownCss: string = ownSource

/** The same without layers, as `styles.unlayered.css` has it. */
export const unlayeredCss = withoutLayers(ownCss)

/** Bootstrap as it is: rules outside any layer. */
export const bootstrapCss: string = bootstrapSource

/** What `@import 'tailwindcss'` resets, in its layer. Values of a theme are the defaults that stand beside them. */
export const preflightCss = `@layer theme, base, components, utilities; @layer base { ${preflightSource.replaceAll(
  /--theme\(\s*--[\w-]+,\s*([^;]*?)\s*\)(?=;| )/g,
  '$1',
)} }`

/** Puts style sheets into the page, in that order; the answer takes them out again. */
export function addStyles(...sheets: readonly string[]): () => void {
  const elements = sheets.map((css) => {
    const element = document.createElement('style')
    element.textContent = css
    document.head.append(element)
    return element
  })
  return () => {
    for (const element of elements) element.remove()
  }
}
