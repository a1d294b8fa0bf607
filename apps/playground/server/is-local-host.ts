/**
 * Whether a Host header names this machine. A page elsewhere can point a name of its own at 127.0.0.1, and would then
 * be of the same origin as the playground and free to spend its key.
 */
export function isLocalHost(host: string | undefined): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host ?? '')
}
