import { badRequest, ProxyError } from '../errors.ts'

/** Unknown and not yours: nobody should learn which. */
export function noSuchStream(): ProxyError {
  return badRequest(404, 'not-found', 'There is no such stream.')
}

export function badCursor(): ProxyError {
  return badRequest(
    400,
    'bad-request',
    'Say after which event to go on: <stream>:<number> of this stream, or a number.',
  )
}

export function noLongerKept(): ProxyError {
  return badRequest(410, 'not-found', 'This stream was too long to be kept. It cannot be read again.')
}

export function logUnavailable(): ProxyError {
  return new ProxyError('Streams cannot be looked up at the moment.', {
    status: 503,
    code: 'overloaded',
    type: 'server_error',
    headers: { 'retry-after': '1' },
  })
}

export function stopped(): ProxyError {
  return new ProxyError('The reply was stopped.', { status: 499, code: 'aborted', type: 'server_error' })
}

export function abandoned(): ProxyError {
  return new ProxyError('The reply was stopped, for nobody was reading it.', {
    status: 499,
    code: 'aborted',
    type: 'server_error',
  })
}
