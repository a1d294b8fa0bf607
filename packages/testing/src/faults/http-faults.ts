import type { Endpoint } from '../endpoints/endpoint.ts'
import type { Fault, HttpFault, HttpFaultName } from './fault.ts'

const httpFaults: readonly string[] = [
  'bad-request',
  'unauthorized',
  'payment-required',
  'forbidden',
  'model-not-found',
  'context-too-long',
  'rate-limited',
  'server-error',
  'overloaded',
] satisfies HttpFaultName[]

/** The response that turns a request down in the words of its format, or undefined where the fault is of another kind. */
export function httpFaultResponse(fault: Fault, endpoint: Endpoint, requestId: string): Response | undefined {
  if (!isHttpFault(fault)) return undefined
  const { name, retryAfterSeconds = name === 'rate-limited' ? 20 : undefined } = fault
  return endpoint.refuse({ name, retryAfterSeconds, requestId })
}

function isHttpFault(fault: Fault): fault is HttpFault {
  return httpFaults.includes(fault.name)
}
