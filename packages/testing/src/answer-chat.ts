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
}

/** Answers one chat request with its script, streamed or whole. */
export async function answerChat(recording: Recording, options: AnswerOptions): Promise<Response> {
  const { request, asked } = recording
  const { endpoint, script, encoding, fault, number, signal, cut, reasoningField } = options
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
  const frames = toFrames(spoilBeats(beats, fault, encoding), encoder, { terminate: fault?.name !== 'no-done' })
  const moves = schedule(spoilFrames(frames, fault), scripted.pace ?? options.pace, cut)
  return new Response(createBody(moves, { signal, onEnd: recording.settle }), {
    headers: { 'content-type': encoding.contentType, 'cache-control': 'no-cache', ...encoding.headers },
  })
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
