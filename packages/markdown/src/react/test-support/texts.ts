/** Texts that have a bit of everything, in the order in which a model may write it. */
export const texts: Readonly<Record<string, string>> = {
  answer: `# Turning the wheel

Water comes *from above*, so it is **fast** and \`cold\`; see [the map](https://example.com/map "Map").
A line goes on  
after a break, ~~not~~ here, at https://example.org/now.

- [x] dig the channel
- [ ] set the wheel
  with its axle
- plain

1. first

   a paragraph
2. second
   > a quote
   > of two lines
   >
   > - and a list

| Part | Length | Kind |
| :--- | ---: | :-: |
| channel | 40 | **stone** |
| wheel | 3 | \`oak\` |

\`\`\`ts
const wheel = turn(3)

  // indented
\`\`\`

    indented code

Setext
------

***

![a picture](https://example.com/a.png "Title")

Bánh xe quay đều, 水车转动。
`,
  footnotes: `A claim[^1] and another[^note], the first again[^1].

[^1]: Where it is from.
[^note]: With a paragraph,

    and a second one.

The last[^1] word.
`,
  lateDefinitions: `See [the map][map], ![a][picture] and [nothing][none].

> [map] in a quote

${'A paragraph in between.\n\n'.repeat(5)}[map]: https://example.com/map
[picture]: /a.png "A"

The end of [map].
`,
  html: `Text with <b>tags</b> and H<sub>2</sub>O.<br>Next

<div class="x">
a *block*
</div>

<!-- a comment -->

Press <kbd>Ctrl</kbd>.

<details>
<summary>More</summary>

Inside of *it*.

- a list

</details>

After it.

<details><summary>Short</summary>text</details>

The end.
`,
  lists: `${Array.from({ length: 80 }, (_, index) => `${index + 1}. item *${index}*`).join('\n')}

- a

- loose

- list
`,
  longBlocks: `${'A sentence that says **nothing** at all. '.repeat(120)}

\`\`\`python
${Array.from({ length: 150 }, (_, index) => `line_${index} = ${index}`).join('\n')}
\`\`\`

| a | b |
|---|---|
${Array.from({ length: 70 }, (_, index) => `| ${index} | *b* |`).join('\n')}
`,
  unfinished: 'Some **bold and `code and [a link](https://exa',
}

/** Cuts a text at places that depend on the seed alone. */
export function piecesOf(text: string, seed: number, longest = 40): string[] {
  const pieces: string[] = []
  let state = seed
  for (let at = 0; at < text.length; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    const length = 1 + (state % longest)
    pieces.push(text.slice(at, at + length))
    at += length
  }
  return pieces
}
