/** Who asks. */
export interface Identity {
  /** Whose limits count, and whose streams these are. Never empty. */
  readonly id: string
}

/** What is known of a caller besides the request. */
export interface Caller {
  /** The address at the other end of the connection; nothing where the platform does not tell. */
  readonly remoteAddress: string | undefined
}

/**
 * Says who asks; nothing for somebody who may not. It may also answer itself. What it throws counts as a no and is
 * told to nobody.
 */
export type Authenticate = (
  request: Request,
  caller: Caller,
) => Identity | Response | undefined | Promise<Identity | Response | undefined>

/** Lets everybody in, as one user. For a proxy behind something that asks who they are. */
export function openToAll(): Authenticate {
  return () => ({ id: 'anyone' })
}

export function bearerToken({ headers }: Request): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1]
}
