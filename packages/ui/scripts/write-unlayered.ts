// The style sheet once more, without layers.
import { readFile, writeFile } from 'node:fs/promises'
import { withoutLayers } from './without-layers.ts'

const css = await readFile('dist/styles.css', 'utf8')
await writeFile('dist/styles.unlayered.css', withoutLayers(css))
