import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const deployed = (name: string) => readFileSync(new URL(`../deploy/${name}`, import.meta.url), 'utf8')

it('nginx.conf names the replicas that compose.yaml starts', () => {
  const named = [...deployed('nginx.conf').matchAll(/server (proxy-\d+):8787/g)].map(([, name]) => name)
  const started = [...deployed('compose.yaml').matchAll(/^ {2}(proxy-\d+): /gm)].map(([, name]) => name)
  expect(named).toEqual(started)
  expect(named.length).toBeGreaterThan(1)
})

it('nginx.conf waits longer than the heartbeat of the proxy', () => {
  const [, seconds] = /proxy_read_timeout (\d+)s/.exec(deployed('nginx.conf')) ?? []
  expect(Number(seconds)).toBeGreaterThan(2 * 15)
})
