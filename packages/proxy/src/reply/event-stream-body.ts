import { createDeadline } from '../deadline.ts'

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

const utf8 = new TextEncoder()
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
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>
  const silence = createDeadline(() => {
    // Who has not even read the last one needs no other.
    if (controller.desiredSize === 0) controller.enqueue(utf8.encode(heartbeat))
    silence.putOff(heartbeatMs)
  })

  return new ReadableStream(
    {
      start(given) {
        controller = given
        controller.enqueue(utf8.encode(greeting))
      },
      async pull() {
        silence.putOff(heartbeatMs)
        let next: NumberedEvents | undefined
        try {
          next = await read()
        } catch (error) {
          silence.stop()
          throw error
        }
        if (next) {
          silence.rest()
          return controller.enqueue(utf8.encode(withIds(streamId, next)))
        }
        silence.stop()
        controller.close()
      },
      cancel() {
        silence.stop()
        onCancel()
      },
    },
    // No reading ahead: a client that pauses pauses the upstream.
    { highWaterMark: 0 },
  )
}

function withIds(streamId: string, { seq, events }: NumberedEvents): string {
  let text = ''
  let number = seq
  for (const event of events) text += `id: ${streamId}:${number++}\n${event}`
  return text
}
