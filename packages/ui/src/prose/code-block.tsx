'use client'

import { Download, TextWrap } from 'lucide'
import { useState } from 'react'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { downloadFile } from '../export-menu/download-file.ts'
import { codeWords } from '../strings/parts/code.ts'
import { useWords } from '../strings/use-words.ts'
import { codeFileName } from './code-file-name.ts'
import { CodeFrame, type CodeFrameProps, codeOf } from './code-frame.tsx'

/**
 * A block of code with all that one does to code: numbered lines, which may be wrapped, copied and kept as a file. It is no
 * part of `Chat`, which does not pay for it: put a `CodeBlockProvider` above. Numbers need all lines laid out, also those
 * out of view, which thousands of lines may be felt by.
 */
export function CodeBlock(props: CodeFrameProps) {
  const strings = useWords(codeWords)
  const [isWrapped, setIsWrapped] = useState(false)
  const download = () => downloadFile(codeFileName(props['data-language']), codeOf(props.node), 'text/plain')
  return (
    <CodeFrame
      {...props}
      isNumbered
      isWrapped={isWrapped}
      tools={
        <>
          <IconButton label={strings.wrapLines} aria-pressed={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
            <Icon of={TextWrap} />
          </IconButton>
          <IconButton label={strings.downloadCode} onClick={download}>
            <Icon of={Download} />
          </IconButton>
        </>
      }
    />
  )
}
