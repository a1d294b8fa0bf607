/** 128 random bits: nobody finds a stream by guessing. */
export function newStreamId(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)))
}

/** The same for the same owner and key, so that a request sent twice finds the stream of the first. */
export async function streamIdOf(owner: string, idempotencyKey: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([owner, idempotencyKey]))
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 16))
}

export function isStreamId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text)
}

/** After which event to go on: `last-event-id`, or `?after=`. 0 without; nothing for what is not of this stream. */
export function readCursor(request: Request, streamId: string): number | undefined {
  const cursor = request.headers.get('last-event-id') || new URL(request.url).searchParams.get('after') || '0'
  const [, id = streamId, seq] = /^(?:([0-9a-f]{32}):)?(\d{1,15})$/.exec(cursor) ?? []
  return seq === undefined || id !== streamId ? undefined : Number(seq)
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
