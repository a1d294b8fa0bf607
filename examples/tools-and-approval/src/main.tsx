import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createFakeModel } from './fake-model.ts'

// In production, leave `fetch` out: `/v1` is then a server that keeps the key, such as @millrace/proxy.
createRoot(document.body).render(<App fetch={createFakeModel({ pace: { tokensPerSecond: 60 } }).fetch} />)
