import { createMessage } from '@millrace/core'
import { expect, it } from 'vitest'
import { languageOf } from './language-of.ts'

const said = (content: string) => createMessage({ role: 'assistant', content })

it.each([
  ['Nước chảy đá mòn: cối xay quay suốt ngày đêm.', 'vi'],
  ['The mill grinds with the water that is there, and phở is served.', 'en'],
  ['水车在水流中转动。', 'zh'],
  ['水車は流れで回ります。', 'ja'],
  ['물레방아가 돌아갑니다.', 'ko'],
])('knows what %s is in', (text, language) => {
  expect(languageOf(said(text))).toBe(language)
})

it('says nothing of what could be several, or is too short to tell', () => {
  expect(languageOf(said('La roue tourne dans le courant de la rivière.'))).toBeUndefined()
  expect(languageOf(said('Phở?'))).toBeUndefined()
  expect(languageOf(createMessage({ role: 'assistant', parts: [] }))).toBeUndefined()
})

it('looks on in the next text where the first is too short to tell', () => {
  const parts = ['Xin chào!', 'Nước chảy đá mòn: cối xay quay suốt ngày đêm.'].map((text) => ({
    type: 'text' as const,
    text,
    state: 'done' as const,
  }))
  expect(languageOf(createMessage({ role: 'assistant', parts }))).toBe('vi')
})

it('believes what is said about a message before its words', () => {
  const metadata = { lang: 'fr' }
  expect(languageOf(createMessage({ role: 'user', content: 'The mill is the thing to see', metadata }))).toBe('fr')
})

it('looks at the first words alone, however long the text is', () => {
  expect(languageOf(said('Nước chảy đá mòn. '.repeat(30) + 'The mill and the water. '.repeat(1000)))).toBe('vi')
})
