const everyMs = 150
const edge = 4
/** Between what is lit and the line around it. */
const around = 6

/** Lights one element of the page, and dims the rest. The box stays inside the window and above the bar. */
export class Spotlight {
  readonly #hole: HTMLElement
  #find: () => HTMLElement | null = () => null
  #scrolledAt = 0
  #isLed = false

  constructor(hole: HTMLElement) {
    this.#hole = hole
    const place = () => this.#place()
    setInterval(place, everyMs)
    addEventListener("scroll", place, true)
    addEventListener("resize", place)
    // A person who scrolls leads. The bar's own listeners come later: where a key leads on, the light leads again.
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"])
      addEventListener(type, () => (this.#isLed = true), true)
  }

  /** Lights what is found from now on; null lights nothing. */
  light(find: (() => HTMLElement | null) | null): void {
    this.#find = find ?? (() => null)
    this.#scrolledAt = 0
    this.#isLed = false
    this.#place()
  }

  #place(): void {
    const element = this.#find()
    this.#hole.hidden = element === null
    if (element === null) return
    const { x, y, top, highest, bottom: pageEnd } = measurePage(element)
    const bar = document.querySelector("[data-demo] [aria-label=Demo]")?.getBoundingClientRect()
    const bottom = Math.min(pageEnd, bar?.top ?? innerHeight) - edge
    const box = element.getBoundingClientRect()
    const begins = box.top + y
    const ends = box.bottom + y

    const isHigher = box.height > bottom - top
    const isOut = isHigher ? Math.abs(begins - top) > 24 : begins < top || ends > bottom
    if (isOut) this.#scrollTo(element, isHigher ? "start" : "center")
    const { style } = this.#hole
    style.setProperty("left", `${Math.max(edge, box.left + x - around)}px`)
    style.setProperty("top", `${Math.max(highest, begins - around)}px`)
    style.setProperty("right", `${Math.max(edge, innerWidth - box.right - x - around)}px`)
    style.setProperty("bottom", `${Math.max(innerHeight - bottom, innerHeight - ends - around)}px`)
    this.#hole.hidden = ends < edge || begins > bottom - edge
  }

  #scrollTo(element: HTMLElement, block: ScrollLogicalPosition): void {
    if (this.#isLed || performance.now() - this.#scrolledAt <= 600) return
    this.#scrolledAt = performance.now()
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    element.scrollIntoView({ block, inline: "nearest", behavior: isStill ? "instant" : "smooth" })
  }
}

/** Returns where the page of an element begins in the window, between which heights it shows, and how high the light may reach. */
function measurePage(element: HTMLElement) {
  const frame = element.ownerDocument.defaultView?.frameElement?.getBoundingClientRect()
  if (frame !== undefined) {
    const { left, top, bottom } = frame
    return { x: left, y: top, top, highest: top, bottom }
  }
  // The bar of a narrow window stays at its top.
  const top = innerWidth <= 800 ? 56 + edge : edge
  // There the owner's page covers the lower half; beside the product's, or hidden, it begins at the top.
  const covered = document.querySelector("[data-demo] iframe")?.getBoundingClientRect().top || innerHeight
  return { x: 0, y: 0, top, highest: edge, bottom: covered }
}
