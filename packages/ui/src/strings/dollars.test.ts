import { expect, it } from 'vitest'
import { createDollars } from './dollars.ts'

const dollars = createDollars('en')

it.each([
  [0, '$0.00'],
  [0.00123, '$0.0012'],
  [0.42, '$0.42'],
  [0.994, '$0.99'],
  [0.999, '$1.00'],
  [1, '$1.00'],
  [1234.5, '$1,234.50'],
])('%d is %s', (amount, text) => expect(dollars(amount)).toBe(text))
