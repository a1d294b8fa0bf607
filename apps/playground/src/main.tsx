import { CodeBlock, CodeBlockProvider } from '@millrace/ui'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@millrace/ui/styles.css'
import './playground.css'
import { Playground } from './playground.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <StrictMode>
    <CodeBlockProvider value={CodeBlock}>
      <Playground />
    </CodeBlockProvider>
  </StrictMode>,
)
