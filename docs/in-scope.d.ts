// What the snippets of these pages use without a word of where it comes from; what else they lack stands in a hidden
// comment above them. `scripts/doc-snippets.test.ts` compiles them with it.

declare const useStreamingChat: typeof import('@millrace/hooks').useStreamingChat
declare const tool: typeof import('@millrace/hooks').tool
declare const createProxy: typeof import('@millrace/proxy').createProxy
declare const createFakeProvider: typeof import('@millrace/testing').createFakeProvider
declare const failFirst: typeof import('@millrace/testing').failFirst
declare const reply: typeof import('@millrace/testing').reply
declare const say: typeof import('@millrace/testing').say
declare const raw: typeof import('@millrace/testing').raw
declare const callTool: typeof import('@millrace/testing').callTool
declare const useEffect: typeof import('react').useEffect
declare const z: typeof import('zod')

declare const chat: import('@millrace/hooks').Chat
declare const tools: import('@millrace/hooks').Tools
declare const toolCallId: string
declare const text: string
declare const isStreaming: boolean

declare module 'mermaid' {
  const mermaid: import('@millrace/markdown/diagrams').Mermaid
  // biome-ignore lint/style/noDefaultExport: that is how Mermaid comes.
  export default mermaid
}
