export interface SvgImage {
  readonly src: string
  readonly width: number | undefined
  readonly height: number | undefined
}

/**
 * An SVG as the source of an `<img>`. There it is a picture: a browser runs no script in it, follows no link and loads
 * nothing for it, whatever it contains. Inline it would be part of the page.
 */
export function toSvgImage(svg: string): SvgImage {
  const [, width, height] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
  const src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  return { src, width: rounded(width), height: rounded(height) }
}

function rounded(size: string | undefined): number | undefined {
  return size === undefined ? undefined : Math.ceil(Number(size))
}
