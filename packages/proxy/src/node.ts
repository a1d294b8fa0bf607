export { type NodeHandler, toNodeHandler } from './node-handler.ts'
