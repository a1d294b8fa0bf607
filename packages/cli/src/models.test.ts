import { createFakeProvider } from '@millrace/testing'
import { expect, it } from 'vitest'
import { runToEnd } from './test-support/run.ts'

const models = ['gpt-4.1', 'o-unheard-of']
const { fetch } = createFakeProvider({ models, apiKey: 'sk-right' })
const env = { HOLYSHEEP_API_KEY: 'sk-right' }

it('lists the models with what they cost', async () => {
  const { exitCode, stdout, stderr } = await runToEnd(['models'], { env, fetch })
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(
    /^gpt-4\.1 +GPT-4\.1 +\$8 in, \$8 out per million tokens \(\d{4}-\d\d-\d\d\)\no-unheard-of +price unknown\n$/,
  )
  expect(stderr).toBe('The key is accepted. HolySheep AI (https://api.holysheep.ai/v1) lists 2 models.\n')
})

it('lists them as JSON', async () => {
  const { stdout } = await runToEnd(['models', '--json'], { env, fetch })
  expect(JSON.parse(stdout)).toMatchObject([{ id: 'gpt-4.1', price: { input: 8 } }, { id: 'o-unheard-of' }])
})

it('lists those of a server that asks for no key', async () => {
  const open = createFakeProvider({ models: ['local-7b'] })
  const args = ['models', '--base-url', 'http://localhost:8000/v1']
  const { stdout, stderr } = await runToEnd(args, { fetch: open.fetch })
  expect(stdout).toBe('local-7b    price unknown\n')
  expect(stderr).toBe('localhost:8000 (http://localhost:8000/v1) lists 1 model.\n')
})

it('says that a key is refused', async () => {
  const { exitCode, stdout, stderr } = await runToEnd(['models'], { env: { HOLYSHEEP_API_KEY: 'sk-wrong' }, fetch })
  expect([exitCode, stdout]).toEqual([3, ''])
  expect(stderr).toContain('Incorrect API key')
})

it('says that there is no key', async () => {
  const { exitCode, stderr } = await runToEnd(['models', '--provider', 'openai'], { fetch })
  expect(exitCode).toBe(3)
  expect(stderr).toBe('There is no key for OpenAI: set OPENAI_API_KEY or MILLRACE_API_KEY.\n')
})

it('says that nobody is there', async () => {
  const nobody = () => Promise.reject(new TypeError('fetch failed'))
  expect((await runToEnd(['models'], { env, fetch: nobody })).exitCode).toBe(6)
})
