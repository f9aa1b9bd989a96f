import { useEffect, type KeyboardEvent, type RefObject } from "react"

/** Names the place of a shape or column: its column, then its lane, -1 for the axis. */
export function toMapKey(column: number, lane: number): string {
  return `${column} ${lane}`
}

/**
 * Moves the focus between the shapes and columns of a drawing by arrow keys; one of them is a tab stop. `+` presses the focused
 * column that opens, `-` shows all ranges again.
 */
export function useMapKeys(
  grid: RefObject<HTMLElement | null>,
  { chosenCidr, onZoomOut }: { chosenCidr: string | null; onZoomOut: (() => void) | null },
): (event: KeyboardEvent) => void {
  // Shapes come and go with their data, so the tab stop is set after each render.
  useEffect(() => {
    const all = listPlaces(grid.current)
    if (!all.some(({ element }) => element.tabIndex === 0)) setTabStop(all, all[0]?.element)
  })
  useEffect(() => {
    const chosen = grid.current?.querySelector<HTMLElement>("[data-chosen]")
    // Test browsers without a layout don't scroll.
    chosen?.scrollIntoView?.({ block: "nearest", inline: "center" })
  }, [grid, chosenCidr])

  return (event) => {
    const all = listPlaces(grid.current)
    const here = all.find(({ element }) => element === event.target)
    if (here === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "-" && onZoomOut !== null) onZoomOut()
    else if (event.key === "+" && "zoom" in here.element.dataset) here.element.click()
    else {
      const next = findNext(all, here, event.key)
      if (next === undefined) return
      setTabStop(all, next.element)
      next.element.focus()
    }
    event.preventDefault()
  }
}

interface Place {
  element: HTMLElement
  column: number
  lane: number
}

function listPlaces(grid: HTMLElement | null): Place[] {
  return [...(grid?.querySelectorAll<HTMLElement>("[data-map]") ?? [])].map((element) => {
    const [column = 0, lane = 0] = (element.dataset["map"] ?? "").split(" ").map(Number)
    return { element, column, lane }
  })
}

function findNext(all: readonly Place[], here: Place, key: string): Place | undefined {
  const byColumn = all.toSorted((a, b) => a.column - b.column || a.lane - b.lane)
  const byLane = all.toSorted((a, b) => a.lane - b.lane || a.column - b.column)
  switch (key) {
    case "ArrowRight":
      return byColumn[byColumn.indexOf(here) + 1]
    case "ArrowLeft":
      return byColumn[byColumn.indexOf(here) - 1]
    case "ArrowDown":
      return (
        byLane.find(({ lane, column }) => lane > here.lane && column >= here.column) ??
        byLane[byLane.indexOf(here) + 1]
      )
    case "ArrowUp":
      return byLane.findLast(({ lane, column }) => lane < here.lane && column <= here.column)
    case "Home":
      return byColumn[0]
    case "End":
      return byColumn.at(-1)
    default:
      return undefined
  }
}

function setTabStop(all: readonly Place[], stop: HTMLElement | undefined) {
  for (const { element } of all) element.tabIndex = element === stop ? 0 : -1
}
