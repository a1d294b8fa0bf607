import { expect, it } from 'vitest'
import { codeFileName } from './code-file-name.ts'

it.each([
  ['ts', 'code.ts'],
  ['Python', 'code.py'],
  ['../../etc/passwd', 'code.txt'],
  ['', 'code.txt'],
  ['constructor', 'code.txt'],
])('names a file of "%s" %s', (language, name) => {
  expect(codeFileName(language)).toBe(name)
})
