import { expect, it } from 'vitest'
import * as proxy from './index.ts'
import * as node from './node.ts'
import * as redis from './redis.ts'

it('exports these names and no others', () => {
  expect(Object.keys(proxy)).toEqual(['createProxy'])
  expect(Object.keys(node)).toEqual(['toNodeHandler'])
  expect(Object.keys(redis)).toEqual(['redisLog'])
})
