/** The colours of a lane, computed by the browser: a canvas can't read `light-dark()`. */
export interface Palette {
  surface: string
  line: string
  muted: string
  ink: string
  solid: string
  tint: string
  marked: string
  draft: string
  focus: string
  font: string
}

const tokens: Record<Exclude<keyof Palette, "font">, string> = {
  surface: "--surface",
  line: "--line-strong",
  muted: "--ink-2",
  ink: "--ink",
  solid: "--ink-2",
  tint: "--closing-tint",
  marked: "--you",
  draft: "--accent",
  focus: "--focus",
}

/** @param within an element whose colour changes for a moment and is restored */
export function readPalette(within: HTMLElement): Palette {
  const before = within.style.color
  const style = getComputedStyle(within)
  const read = (token: string) => {
    within.style.color = `var(${token})`
    return style.color
  }
  const colours = Object.entries(tokens).map(([name, token]) => [name, read(token)])
  within.style.color = before
  const font = `12px ${style.getPropertyValue("--mono") || "monospace"}`
  return { ...(Object.fromEntries(colours) as Record<keyof typeof tokens, string>), font }
}
