import type { RecordedRequest } from '../recorded-request.ts'
import { type Reply, reply } from '../reply/reply.ts'
import { withoutContinueTurn } from './continued.ts'
import { faultInPrompt, isFlaky } from './demo-fault.ts'
import { languageOf, mentions } from './language.ts'
import type { Topic } from './topic.ts'
import { code } from './topics/code.ts'
import { endings } from './topics/endings.ts'
import { essay } from './topics/essay.ts'
import { fallbackAnswer } from './topics/fallback.ts'
import { faultAnswer, flakyAnswer } from './topics/fault-answer.ts'
import { formulas } from './topics/formulas.ts'
import { asksForHelp, helpAnswer } from './topics/help.ts'
import { languages } from './topics/languages.ts'
import { sources } from './topics/sources.ts'
import { table } from './topics/table.ts'
import { thinking } from './topics/thinking.ts'
import { answerToolOutput, tool } from './topics/tool.ts'

// The first that the prompt mentions is meant, so the narrow ones come first.
const topics: readonly Topic[] = [...languages, thinking, tool, sources, table, formulas, code, essay, ...endings]

/**
 * What the demo says: chosen by the words of the last user message, in Vietnamese where that is. A request whose last
 * message is the start of a reply, or asks to go on with one, gets the rest, without a repeated or missing character.
 */
export function demoScript(asked: RecordedRequest): Reply {
  const request = withoutContinueTurn(asked)
  const last = request.messages.at(-1)
  const answer = answerPrompt(request)
  return last?.role === 'assistant' ? restOf(answer, last.text) : answer
}

function answerPrompt(request: RecordedRequest): Reply {
  const { prompt } = request
  const language = languageOf(prompt)
  const toolAnswer = answerToolOutput(request, language)
  if (toolAnswer) return toolAnswer
  const fault = faultInPrompt(prompt)
  if (fault) return faultAnswer(fault, language)
  if (isFlaky(prompt)) return flakyAnswer(language)
  if (asksForHelp(prompt)) return helpAnswer(topics, language)
  const topic = topics.find(({ keywords }) => keywords.some((keyword) => mentions(prompt, keyword)))
  return topic?.answer(request, language) ?? fallbackAnswer(request, language)
}

/** What is left to say of a reply whose text starts like this; all of it where it does not. */
function restOf(answer: Reply, said: string): Reply {
  const text = answer.steps
    .map((step) => (step.type === 'text' && typeof step.text === 'string' ? step.text : ''))
    .join('')
  return text.startsWith(said) ? { ...answer, steps: reply(text.slice(said.length)).steps } : answer
}
