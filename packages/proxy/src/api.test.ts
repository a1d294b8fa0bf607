import { expect, it } from 'vitest'
import * as proxy from './index.ts'
import * as jwt from './jwt.ts'
import * as limits from './limits.ts'
import * as node from './node.ts'
import * as otel from './otel.ts'
import * as redis from './redis.ts'

it('exports these names and no others', () => {
  expect(Object.keys(proxy).sort()).toEqual([
    'LogUnavailable',
    'StreamGone',
    'createProxy',
    'jsonLines',
    'memoryLog',
    'openToAll',
    'tokenAuth',
  ])
  expect(Object.keys(node)).toEqual(['nodeFetch', 'toNodeHandler'])
  expect(Object.keys(jwt)).toEqual(['jwtAuth'])
  expect(Object.keys(limits)).toEqual(['rateLimits'])
  expect(Object.keys(otel)).toEqual(['openTelemetry'])
  expect(Object.keys(redis)).toEqual(['redisLog', 'redisShards'])
})
