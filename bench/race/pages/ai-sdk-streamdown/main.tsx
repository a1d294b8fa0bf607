import { code } from '@streamdown/code'
import { Streamdown } from 'streamdown'
import { raceAiSdk } from '../lib/ai-sdk.tsx'

const plugins = { code }

raceAiSdk({
  throttle: 50,
  renderText: (text, isStreaming) => (
    <Streamdown plugins={plugins} isAnimating={isStreaming}>
      {text}
    </Streamdown>
  ),
})
