import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The packages are taken from their sources: nothing has to be built first.
  resolve: { conditions: ['@millrace/source', ...defaultClientConditions] },
  // The worker that colours code loads each language when it meets it.
  worker: { format: 'es' },
})
