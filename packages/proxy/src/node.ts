export { nodeFetch } from './node-fetch.ts'
export { type NodeHandler, toNodeHandler } from './node-handler.ts'
