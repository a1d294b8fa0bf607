const extensions: Readonly<Record<string, string>> = {
  bash: 'sh',
  csharp: 'cs',
  javascript: 'js',
  kotlin: 'kt',
  markdown: 'md',
  python: 'py',
  ruby: 'rb',
  rust: 'rs',
  shell: 'sh',
  text: 'txt',
  typescript: 'ts',
  yaml: 'yml',
}

/** A name for a file of code: `code.ts`. What follows the fence is from a model, and may be anything. */
export function codeFileName(language = ''): string {
  const word = language.toLowerCase()
  const extension =
    (Object.hasOwn(extensions, word) && extensions[word]) || (/^[a-z\d]{1,8}$/.test(word) ? word : 'txt')
  return `code.${extension}`
}
