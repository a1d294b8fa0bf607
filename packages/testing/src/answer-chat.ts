import { createBody } from './body/body.ts'
import type { Cut } from './body/cut.ts'
import { toFrames } from './body/frame.ts'
import type { Pace } from './body/pace.ts'
import { schedule } from './body/schedule.ts'
import type { ReasoningField, WireEncoding } from './encoders/wire-encoder.ts'
import type { Endpoint } from './endpoints/endpoint.ts'
import type { Fault } from './faults/fault.ts'
import { spoilBeats, spoilFrames } from './faults/stream-faults.ts'
import type { RecordedRequest, Recording } from './recorded-request.ts'
import { chunksOf, toBeats } from './reply/beats.ts'
import { type Reply, reply, type Script } from './reply/reply.ts'
import type { StreamKeeper } from './streams/stream-keeper.ts'

/** What a provider is set to, and what this request has met with. */
export interface AnswerOptions {
  readonly endpoint: Endpoint
  readonly script: Script
  readonly encoding: WireEncoding
  readonly pace?: Pace
  readonly cut?: Cut
  readonly reasoningField?: ReasoningField
  readonly fault: Fault | undefined
  /** Of the request, from 1: makes ids that are the same in every run. */
  readonly number: number
  readonly signal: AbortSignal | undefined
  /** Where streams are kept for those who lose them. */
  readonly keeper: StreamKeeper | undefined
}

/** Answers one chat request with its script, streamed or whole. */
export async function answerChat(recording: Recording, options: AnswerOptions): Promise<Response> {
  const { request, asked } = recording
  const { endpoint, script, encoding, fault, number, signal, cut, reasoningField, keeper } = options
  if (fault?.name === 'html') {
    recording.settle('sent')
    return htmlPage()
  }
  const scripted = await readScript(script, request)
  const beats = toBeats(scripted, {
    number,
    responseId: `${endpoint.idPrefix}${number}`,
    model: request.model || 'fake-model',
    inputTokens: Math.ceil(request.messages.reduce((length, { text }) => length + text.length, 0) / 4),
    includeUsage: !asked.wantsStream || asked.wantsUsage,
    reportUsageFirst: endpoint.reportsUsageFirst ?? false,
  })
  const encoderOptions = { created: Math.floor(Date.now() / 1000), ...(reasoningField && { reasoningField }) }
  if (!asked.wantsStream || fault?.name === 'json') {
    recording.settle('sent')
    const whole = encoding.encodeWhole(chunksOf(beats), encoderOptions)
    return typeof whole === 'string' ? new Response(whole) : Response.json(asked.wantsList ? [whole] : whole)
  }
  const encoder = encoding.createEncoder(encoderOptions)
  const pace = scripted.pace ?? options.pace
  const terminate = fault?.name !== 'no-done'
  const headers = { 'content-type': encoding.contentType, 'cache-control': 'no-cache', ...encoding.headers }
  if (keeper && encoding.contentType.startsWith('text/event-stream')) {
    const streamId = `stream-${number}`
    const kept = isOfConnection(fault) ? beats : spoilBeats(beats, fault, encoding)
    const frames = toFrames(kept, keeper.withIds(encoder, streamId), { terminate })
    return keeper.begin(streamId, frames, pace, headers, { recording, fault, signal })
  }
  const frames = toFrames(spoilBeats(beats, fault, encoding), encoder, { terminate })
  const moves = schedule(spoilFrames(frames, fault), pace, cut)
  return new Response(createBody(moves, { signal, onEnd: recording.settle }), { headers })
}

/** Whether it strikes a connection, and not the reply that comes over it. */
function isOfConnection(fault: Fault | undefined): boolean {
  return fault?.name === 'stall-before-first-token' || fault?.name === 'stall' || fault?.name === 'close-early'
}

async function readScript(script: Script, request: RecordedRequest): Promise<Reply> {
  const said = typeof script === 'function' ? await script(request) : script
  return typeof said === 'string' ? reply(said) : said
}

/** What a wrong base URL or a login in front of the API answers. */
function htmlPage(): Response {
  const page =
    '<!doctype html>\n<html lang="en">\n<head><title>Welcome</title></head>\n<body><h1>It works!</h1></body>\n</html>\n'
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
