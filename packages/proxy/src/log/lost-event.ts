import { errorEvent, ProxyError } from '../errors.ts'

/** What those who follow a stream read where its maker crashed. */
export const lostEvent = errorEvent(
  new ProxyError('The server that wrote this reply is gone. What came of it is kept.', {
    status: 502,
    code: 'incomplete',
    type: 'server_error',
  }),
)
