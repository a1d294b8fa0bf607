export { createDiagrams, type DiagramOptions, type Mermaid } from './create-diagrams.tsx'
