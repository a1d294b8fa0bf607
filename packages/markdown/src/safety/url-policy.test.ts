import { describe, expect, it } from 'vitest'
import { applyUrlPolicy, defaultUrlPolicy } from './url-policy.ts'

const link = (url: string) => defaultUrlPolicy(url, 'link')
const image = (url: string) => defaultUrlPolicy(url, 'image')

describe('links', () => {
  it.each([
    'https://example.com/a?b=c#d',
    'HTTP://example.com',
    'mailto:a@example.com',
    'tel:+8412345',
    '//example.com/a',
    '/a/b',
    '../a:b',
    '#part',
    '?q=a:b',
    'a/b.html',
    './a:b',
  ])('lead to %s', (url) => expect(link(url)).toBe(url))

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    'java\u00a0script:alert(1)',
    'java\u00adscript:alert(1)',
    'java\u200bscript:alert(1)',
    '\ufeffjavascript:alert(1)',
    'javascript\u2028:alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/png;base64,AAAA',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'feed:javascript:alert(1)',
    'view-source:javascript:alert(1)',
    'intent://a#Intent;end',
    'x-unknown:a',
    '%6aavascript:alert(1)',
    ':alert(1)',
  ])('do not lead to %j', (url) => expect(link(url)).toBeUndefined())

  it('are returned without what a reader does not see', () => {
    expect(link(' \thttps://exa\u0000mple.com/a b\u200b ')).toBe('https://example.com/a%20b')
  })
})

describe('images', () => {
  it.each(['https://example.com/a.png', '/a.png', 'data:image/png;base64,AAAA', 'DATA:image/WebP;base64,AAAA'])(
    'come from %s',
    (url) => expect(image(url)).toBe(url),
  )

  it.each([
    'data:image/svg+xml;base64,AAAA',
    'data:image/svg+xml,<svg onload=alert(1)>',
    'data:text/html;base64,AAAA',
    'mailto:a@example.com',
    'javascript:alert(1)',
  ])('do not come from %s', (url) => expect(image(url)).toBeUndefined())
})

describe('a policy of one’s own', () => {
  it('may let through more', () => {
    expect(applyUrlPolicy((url) => url, 'vscode://file/a', 'link')).toBe('vscode://file/a')
  })

  it('is not asked where nothing leads anywhere', () => {
    expect(applyUrlPolicy((url) => `/out?to=${url}`, '', 'link')).toBeUndefined()
  })

  it('cannot let through what runs as a script', () => {
    expect(applyUrlPolicy((url) => url, 'java\nscript:alert(1)', 'link')).toBeUndefined()
  })
})
