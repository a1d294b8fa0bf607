import { expect, it } from 'vitest'
import { withoutLayers } from '../scripts/without-layers.ts'

it('takes layers away and leaves their rules', () => {
  const css = `@layer a.b, c;\n@layer a.b {\n  .x { color: red; @media print { color: black } }\n}\n.y { top: 0 }`
  expect(withoutLayers(css).replace(/\s+/g, ' ').trim()).toBe(
    '.x { color: red; @media print { color: black } } .y { top: 0 }',
  )
})

it('takes no brace for one that is said or remarked', () => {
  const css = `@layer a { /* } */ .x::before { content: '}'; } }`
  expect(withoutLayers(css)).toContain(`/* } */ .x::before { content: '}'; } `)
})
