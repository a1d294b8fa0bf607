// @vitest-environment jsdom
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { toElements } from './to-elements.ts'

function rendered(html: string): string {
  const element = document.createElement('div')
  element.innerHTML = html
  return renderToStaticMarkup(element.firstChild && toElements(element.firstChild))
}

it('keeps formulas as they are', () => {
  const math = '<math display="block" class="tml-display"><mfrac linethickness="0"><mi>a</mi><mn>2</mn></mfrac></math>'
  expect(rendered(math)).toBe(math)
})

it('keeps what a formula looks like', () => {
  expect(rendered('<math><mtd style="padding-left: 5pt; color: red"></mtd></math>')).toBe(
    '<math><mtd style="padding-left:5pt;color:red"></mtd></math>',
  )
})

it.each([
  '<math><mi href="javascript:alert(1)" onclick="alert(1)" id="x">a</mi></math>',
  '<math><maction actiontype="statusline#http://evil" xlink:href="javascript:alert(1)"><mi>a</mi></maction></math>',
  '<math><a href="javascript:alert(1)"><mi>a</mi></a></math>',
  '<math><script>alert(1)</script><mi>a</mi></math>',
])('keeps nothing of %s that does something', (html) => {
  expect(rendered(html)).toMatch(/^<math>(?:alert\(1\))?<mi>a<\/mi><\/math>$/)
})

it('takes nothing that is nested deeper than the page could bear', () => {
  const nested = (depth: number) => `<math>${'<mrow>'.repeat(depth)}<mi>a</mi>${'</mrow>'.repeat(depth)}</math>`
  expect(rendered(nested(190))).toBe(nested(190))
  expect(() => rendered(nested(300))).toThrow(RangeError)
})
