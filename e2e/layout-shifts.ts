import type { Page } from "@playwright/test"

interface Shift {
  value: number
  /** What moved, and from where to where. */
  moved: string[]
}

/** Notes every shift of the layout from the start of the next page on that no input caused, as Cumulative Layout Shift counts them. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(watch)
}

/** Takes the shifts that were noted since the last call. */
export async function takeLayoutShifts(page: Page): Promise<{ total: number; shifts: Shift[] }> {
  const shifts = await page.evaluate(
    () => (globalThis as { takeLayoutShifts?: () => Shift[] }).takeLayoutShifts?.() ?? [],
  )
  return { total: shifts.reduce((sum, { value }) => sum + value, 0), shifts }
}

/** Runs in the page. */
function watch(): void {
  interface Source {
    node: Node | null
    previousRect: DOMRectReadOnly
    currentRect: DOMRectReadOnly
  }
  type Entry = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Source[] }
  const noted: { value: number; moved: string[] }[] = []
  const nameNode = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement
    return `${element?.tagName.toLowerCase()}.${element?.className} "${element?.textContent.slice(0, 30)}"`
  }
  const toPlace = ({ x, y, width, height }: DOMRectReadOnly) =>
    [x, y, width, height].map(Math.round).join(" ")
  const note = (entries: PerformanceEntryList) => {
    for (const { value, hadRecentInput, sources } of entries as Entry[])
      if (!hadRecentInput)
        noted.push({
          value,
          moved: sources.map(
            ({ node, previousRect, currentRect }) =>
              `${nameNode(node)}: ${toPlace(previousRect)} to ${toPlace(currentRect)}`,
          ),
        })
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: "layout-shift", buffered: true })
  Object.assign(globalThis, {
    takeLayoutShifts() {
      note(observer.takeRecords())
      return noted.splice(0)
    },
  })
}
