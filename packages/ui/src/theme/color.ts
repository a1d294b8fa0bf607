/** A colour in OKLCH: lightness 0 to 1, chroma from 0, hue in degrees. */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Reads `#rgb`, `#rrggbb` or `oklch(l c h)`, with lightness as a number or in percent.
 * @throws {TypeError} for anything else.
 */
export function parseColor(text: string): Oklch {
  const hex = /^#(?:([\da-f])([\da-f])([\da-f])|([\da-f]{2})([\da-f]{2})([\da-f]{2}))$/i.exec(text.trim())
  if (hex) {
    const [, r, g, b, rr, gg, bb] = hex
    const channels = r ? [r + r, `${g}${g}`, `${b}${b}`] : [rr, gg, bb]
    return toOklch(channels.map((channel) => Number.parseInt(channel ?? '', 16) / 255) as unknown as Rgb)
  }
  const oklch = /^oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+(-?[\d.]+)(?:deg)?\s*\)$/i.exec(text.trim())
  if (oklch) {
    const [, l, percent, c, h] = oklch
    return { l: Number(l) / (percent ? 100 : 1), c: Number(c), h: Number(h) }
  }
  throw new TypeError(`"${text}" is no colour that a theme reads: write #rrggbb or oklch(0.5 0.1 230).`)
}

/** As css has it, with no more digits than an eye can tell apart. */
export function formatColor({ l, c, h }: Oklch): string {
  const short = (value: number, digits: number) => String(Number(value.toFixed(digits)))
  return `oklch(${short(l, 3)} ${short(c, 3)} ${short(h, 0)})`
}

/** The contrast of two colours by WCAG 2: from 1 to 21. */
export function contrastOf(a: Oklch, b: Oklch): number {
  const [light, dark] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(color: Oklch): number {
  const [r, g, b] = toLinear(inGamut(color)).map((value) => Math.min(1, Math.max(0, value))) as unknown as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The same with as much chroma as screens of sRGB can show. */
export function inGamut(color: Oklch): Oklch {
  if (isShown(color)) return color
  let [shown, over] = [0, color.c]
  for (let step = 0; step < 16; step++) {
    const c = (shown + over) / 2
    if (isShown({ ...color, c })) shown = c
    else over = c
  }
  return { ...color, c: shown }
}

const isShown = (color: Oklch) => toLinear(color).every((value) => value > -0.0005 && value < 1.0005)

// The matrices of OKLab are those of its author, Björn Ottosson: https://bottosson.github.io/posts/oklab/
function toLinear({ l, c, h }: Oklch): Rgb {
  const angle = (h * Math.PI) / 180
  const [a, b] = [c * Math.cos(angle), c * Math.sin(angle)]
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ]
}

function toOklch(rgb: Rgb): Oklch {
  const [r, g, b] = rgb.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as unknown as Rgb
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const l = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
  const along = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
  const across = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
  const h = (Math.atan2(across, along) * 180) / Math.PI
  return { l, c: Math.hypot(along, across), h: h < 0 ? h + 360 : h }
}
