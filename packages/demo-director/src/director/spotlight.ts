const everyMs = 150
/** For so long a page that still grows is scrolled after. */
const followMs = 3_000
const edge = 4
/** Between what is lit and the line around it. */
const around = 8

/** A box on the page. */
interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Lights one element of the page, and dims the rest. The box stays inside the window and above the bar. */
export class Spotlight {
  readonly #hole: HTMLElement
  #find: () => HTMLElement | null = () => null
  #litAt = 0
  #scrolledAt = 0
  #isLed = false

  constructor(hole: HTMLElement) {
    this.#hole = hole
    const place = () => this.#place()
    setInterval(place, everyMs)
    addEventListener("scroll", place, true)
    addEventListener("resize", place)
    // A person who scrolls leads.
    for (const type of ["wheel", "touchmove", "keydown"])
      addEventListener(type, (event) => {
        if (!(event instanceof KeyboardEvent) || /^(Page|Home|End|Arrow[UD])/.test(event.key))
          this.#isLed = true
      })
  }

  /** Lights what is found from now on; null lights nothing. */
  light(find: (() => HTMLElement | null) | null): void {
    this.#find = find ?? (() => null)
    this.#litAt = performance.now()
    this.#scrolledAt = Number.NEGATIVE_INFINITY
    this.#isLed = false
    this.#place()
  }

  #place(): void {
    const element = this.#find()
    this.#hole.hidden = element === null
    if (element === null) return
    const now = performance.now()
    const frame = element.ownerDocument.defaultView?.frameElement?.getBoundingClientRect()
    const room = readRoom(frame)
    const box = readBox(element, frame)
    const follows = !this.#isLed && now - this.#litAt < followMs && now - this.#scrolledAt > 600
    if (follows && (box.top < room.top || box.bottom > room.bottom) && !fillsRoom(box, room)) {
      this.#scrolledAt = now
      scrollTo(element, box.bottom - box.top > room.bottom - room.top ? "start" : "center")
    }
    const { style } = this.#hole
    style.setProperty("left", `${Math.max(edge, box.left - around)}px`)
    style.setProperty("top", `${Math.max(frame === undefined ? edge : room.top, box.top - around)}px`)
    style.setProperty("right", `${innerWidth - Math.min(innerWidth - edge, box.right + around)}px`)
    style.setProperty("bottom", `${innerHeight - Math.min(room.bottom, box.bottom + around)}px`)
    this.#hole.hidden = box.bottom < edge || box.top > room.bottom - edge
  }
}

/** The part of the window that nothing covers, or that part of the frame beside. */
function readRoom(frame: DOMRect | undefined): Box {
  const bar = document.querySelector("[data-demo] [aria-label=Demo]")?.getBoundingClientRect()
  const bottom = (bar?.top ?? innerHeight) - edge
  if (frame !== undefined) {
    const { left, top, right } = frame
    return { left, top, right, bottom: Math.min(frame.bottom, bottom) }
  }
  // The bar of a narrow window stays at its top.
  return { left: 0, top: innerWidth <= 800 ? 56 + edge : edge, right: innerWidth, bottom }
}

/** Returns whether something higher than the room begins at its top. */
function fillsRoom(box: Box, room: Box): boolean {
  return box.bottom - box.top > room.bottom - room.top && Math.abs(box.top - room.top) < 24
}

/** Measures an element in the window, also inside the frame beside. */
function readBox(element: HTMLElement, frame: DOMRect | undefined): Box {
  const { left, top, right, bottom } = element.getBoundingClientRect()
  const [x, y] = [frame?.left ?? 0, frame?.top ?? 0]
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y }
}

function scrollTo(element: HTMLElement, block: "start" | "center"): void {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
  element.scrollIntoView({ block, inline: "nearest", behavior: isStill ? "instant" : "smooth" })
}
