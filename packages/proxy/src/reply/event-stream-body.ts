import { createDeadline } from '../deadline.ts'
import { streamOfBody, type TextBody } from './text-body.ts'

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
export function eventStreamBody(options: EventStreamBodyOptions): ReadableStream<Uint8Array<ArrayBuffer>> {
  return streamOfBody(eventBody(options))
}

function eventBody({ streamId, read, heartbeatMs, onCancel }: EventStreamBodyOptions): TextBody {
  let isGreeted = false
  let say = (_remark: string) => {}
  const silence = createDeadline(() => {
    say(heartbeat)
    silence.putOff(heartbeatMs)
  })

  return {
    async read(remark) {
      if (!isGreeted) {
        isGreeted = true
        return greeting
      }
      say = remark
      silence.putOff(heartbeatMs)
      try {
        const next = await read()
        if (next) silence.rest()
        else silence.stop()
        return next && withIds(streamId, next)
      } catch (error) {
        silence.stop()
        throw error
      }
    },
    cancel() {
      silence.stop()
      onCancel()
    },
  }
}

function withIds(streamId: string, { seq, events }: NumberedEvents): string {
  let text = ''
  let number = seq
  for (const event of events) text += `id: ${streamId}:${number++}\n${event}`
  return text
}
