/** The paths a proxy answers, and with which method. */
export const routes = {
  '/v1/chat/completions': 'POST',
  '/v1/models': 'GET',
  '/health': 'GET',
} as const

export type RoutePath = keyof typeof routes

export function isRoute(path: string): path is RoutePath {
  return Object.hasOwn(routes, path)
}

/** Whether a path is the proxy's to answer, if only with an error. */
export function isProxyPath(path: string): boolean {
  return isRoute(path) || path.startsWith('/v1/')
}
