import { expect, it } from 'vitest'
import * as proxy from './index.ts'
import * as node from './node.ts'

it('exports these names and no others', () => {
  expect(Object.keys(proxy)).toEqual(['createProxy'])
  expect(Object.keys(node)).toEqual(['toNodeHandler'])
})
