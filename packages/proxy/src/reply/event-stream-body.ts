/** Events in a row, and the number of the first. */
export interface NumberedEvents {
  readonly seq: number
  readonly events: readonly string[]
}

export interface EventStreamBodyOptions {
  readonly streamId: string
  /** The next events; nothing after the last. Not called again before it has answered. */
  readonly read: () => Promise<NumberedEvents | undefined>
  /** After how much silence a comment says that the stream lives. */
  readonly heartbeatMs: number
  /** The reader is gone. */
  readonly onCancel: () => void
}

const greeting = ': ok\n\n'
const heartbeat = ': still here\n\n'

/**
 * Events as a body, each with its id. It says something at once, and then while nothing comes; nothing is read that the
 * client has not asked for.
 */
export function eventStreamBody({
  streamId,
  read,
  heartbeatMs,
  onCancel,
}: EventStreamBodyOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  const utf8 = new TextEncoder()
  let reading: Promise<NumberedEvents | undefined> | undefined

  /** What comes first: events, or the end of the client's patience. */
  async function nextText(): Promise<string | undefined> {
    reading ??= read()
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<typeof heartbeat>((resolve) => {
      timer = setTimeout(() => resolve(heartbeat), heartbeatMs)
    })
    const next = await Promise.race([reading, silence]).finally(() => clearTimeout(timer))
    if (typeof next === 'string') return next
    reading = undefined
    return next && withIds(streamId, next)
  }

  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(utf8.encode(greeting)),
      async pull(controller) {
        const text = await nextText()
        if (text === undefined) controller.close()
        else controller.enqueue(utf8.encode(text))
      },
      cancel: onCancel,
    },
    // No reading ahead: a client that pauses pauses the upstream.
    { highWaterMark: 0 },
  )
}

function withIds(streamId: string, { seq, events }: NumberedEvents): string {
  return events.map((event, index) => `id: ${streamId}:${seq + index}\n${event}`).join('')
}
