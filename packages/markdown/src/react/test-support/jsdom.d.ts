/** What the tests use of it. */
declare module 'jsdom' {
  export class JSDOM<Globals = object> {
    constructor(html: string, options: { readonly runScripts: 'outside-only' })
    readonly window: Globals & { eval(script: string): void }
  }
}
