import { memo } from 'react'
import ReactMarkdown from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { raceAiSdk } from '../lib/ai-sdk.tsx'

const plugins = [remarkGfm]
const Text = memo(function Text({ text }: { readonly text: string }) {
  return <ReactMarkdown remarkPlugins={plugins}>{text}</ReactMarkdown>
})

raceAiSdk({ throttle: undefined, renderText: (text) => <Text text={text} /> })
