/** What a request asks for. */
export type RouteName =
  | 'chat'
  | 'article'
  | 'models'
  | 'resume'
  | 'cancel'
  | 'remove'
  | 'health'
  | 'live'
  | 'ready'
  | 'metrics'

export interface Route {
  readonly name: RouteName
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** `:id` stands for one part of a path. */
  readonly path: string
  /** Whether it answers everybody. What is not said to be open asks who you are. */
  readonly isOpen?: true
}

export const routes: readonly Route[] = [
  { name: 'chat', method: 'POST', path: '/v1/chat/completions' },
  { name: 'article', method: 'POST', path: '/api/stream-chat' },
  { name: 'models', method: 'GET', path: '/v1/models' },
  { name: 'resume', method: 'GET', path: '/v1/streams/:id' },
  { name: 'remove', method: 'DELETE', path: '/v1/streams/:id' },
  { name: 'cancel', method: 'POST', path: '/v1/streams/:id/cancel' },
  { name: 'metrics', method: 'GET', path: '/metrics' },
  { name: 'health', method: 'GET', path: '/health', isOpen: true },
  { name: 'live', method: 'GET', path: '/livez', isOpen: true },
  { name: 'ready', method: 'GET', path: '/readyz', isOpen: true },
]

export interface RouteMatch {
  readonly route: Route
  /** What `:id` stands for; empty where the path has none. */
  readonly id: string
}

/** The routes of a path, one for each method it takes. The path counts as it is written: nothing is decoded or tidied. */
export function matchPath(path: string): RouteMatch[] {
  return routes.flatMap((route) => {
    const id = matchRoute(route.path, path)
    return id === undefined ? [] : [{ route, id }]
  })
}

/** Whether a path is the proxy's to answer, if only with an error. */
export function isProxyPath(path: string): boolean {
  return path.startsWith('/v1/') || matchPath(path).length > 0
}

function matchRoute(pattern: string, path: string): string | undefined {
  if (pattern === path) return ''
  const [before, after] = pattern.split(':id')
  if (before === undefined || after === undefined) return undefined
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined
  const id = path.slice(before.length, path.length - after.length)
  return /^[\w-]+$/.test(id) ? id : undefined
}
