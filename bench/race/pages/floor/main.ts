// What plain text costs, and nothing else: fetched, decoded, and put into text nodes once a frame. It renders no Markdown.
import { race, streamURL } from '../lib/contract.ts'
import '../lib/page.css'
import '../lib/plain.css'

const page = document.body.appendChild(document.createElement('main'))
page.innerHTML =
  '<div class="plain"><div class="plain-scroller"><div class="plain-thread"></div></div><textarea></textarea></div>'
const thread = page.querySelector('.plain-thread')

function addMessage(text: string): HTMLElement {
  const message = document.createElement('div')
  message.className = 'plain-message plain-raw'
  message.textContent = text
  thread?.append(message)
  return message
}

/** Adds what came since the last frame. After a blank line a node of its own: a browser lays out a node as a whole. */
function createWriter(message: HTMLElement): (text: string) => void {
  let node = message.appendChild(document.createElement('div')).appendChild(new Text())
  let pending = ''
  let isScheduled = false

  function flush(): void {
    isScheduled = false
    const [first = '', ...paragraphs] = pending.split('\n\n')
    pending = ''
    node.appendData(first)
    for (const paragraph of paragraphs) {
      node.appendData('\n\n')
      node = message.appendChild(document.createElement('div')).appendChild(new Text(paragraph))
    }
  }

  return (text) => {
    pending += text
    if (!isScheduled) requestAnimationFrame(flush)
    isScheduled = true
  }
}

async function readAnswer(): Promise<void> {
  addMessage('Go')
  const write = createWriter(addMessage(''))
  const response = await fetch(streamURL('ai'))
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let unfinished = ''
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    const events = (unfinished + piece.value).split('\n\n')
    unfinished = events.pop() ?? ''
    for (const event of events) {
      const data = event.slice('data: '.length)
      if (data.startsWith('{"type":"text-delta"')) write(JSON.parse(data).delta)
    }
  }
}

race({
  raw: true,
  thread: '.plain-thread',
  mount: (history) => history.forEach(({ text }) => void addMessage(text)),
  begin: readAnswer,
})
