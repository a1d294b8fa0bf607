import { expect, it } from 'vitest'
import { runToEnd } from './test-support/run.ts'

it.each([[['--help']], [['ask', '--help']]])('explains every exit code in %j', async (args) => {
  const { exitCode, stdout } = await runToEnd(args)
  expect(exitCode).toBe(0)
  for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 130]) expect(stdout).toMatch(new RegExp(`^ +${code}  \\w`, 'm'))
})

it('tells its version', async () => {
  expect((await runToEnd(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/)
})

it('says so where there is no such command', async () => {
  const { exitCode, stderr } = await runToEnd(['aks'])
  expect([exitCode, stderr]).toEqual([2, 'No command registered for `aks`, did you mean `ask`?\n'])
})
