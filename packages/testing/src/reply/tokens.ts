// Languages written without spaces get one token a character, as most tokenizers do.
const ideograph = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`
const word = String.raw`[ \n]?(?:(?!${ideograph})[\p{L}\p{M}\p{N}]){1,8}`
const punctuation = String.raw`[ \n]?[^\s\p{L}\p{N}]{1,4}`
const token = new RegExp(String.raw`${ideograph}|${word}|${punctuation}|\s+|[^]`, 'gu')

/**
 * Splits text into pieces about the size of a model's tokens: a word with the space before it, a few marks, a
 * character of Chinese, Japanese or Korean. Joined they are the text again.
 */
export function splitTokens(text: string): string[] {
  return text.match(token) ?? []
}
