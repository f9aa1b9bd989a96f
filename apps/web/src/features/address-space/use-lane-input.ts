import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from "react"
import { isWholeView, panView, toView, toWholeView, zoomView, type Lane, type LaneView } from "./lane-view.ts"

/** A wheel turn within this time after page scrolling continues the scroll and does not zoom, in milliseconds. */
const scrollPauseMs = 250

/** A pointer that moves less is a press, in pixels. */
const dragThreshold = 4

interface Moves {
  lane: Lane
  view: LaneView
  onView: (view: LaneView) => void
  /** A press without a drag, in pixels from the upper left. */
  onPress: (point: { x: number; y: number }) => void
}

/** Moves a lane's view by wheel, drag and keyboard. Returns the handlers for the lane's element. */
export function useLaneInput(element: RefObject<HTMLElement | null>, { lane, view, onView, onPress }: Moves) {
  const drag = useRef<{ x: number; view: LaneView; moved: boolean } | null>(null)
  useWheel(element, lane, view, onView)

  const toPoint = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
  return {
    isDragging: () => drag.current?.moved === true,
    handlers: {
      onKeyDown: (event: KeyboardEvent) => {
        const next = event.ctrlKey || event.metaKey || event.altKey ? null : readKey(event.key, lane, view)
        if (next === null) return
        event.preventDefault()
        onView(next)
      },
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, view, moved: false }
      },
      onPointerMove: (event: PointerEvent) => {
        if (drag.current === null) return
        const movedBy = event.clientX - drag.current.x
        if (!drag.current.moved && Math.abs(movedBy) < dragThreshold) return
        drag.current.moved = true
        const { view: began } = drag.current
        const perPixel = began.size / event.currentTarget.clientWidth
        onView(toView(lane, began.first - movedBy * perPixel, began.size))
      },
      onPointerUp: (event: PointerEvent) => {
        const wasPress = drag.current?.moved === false
        drag.current = null
        if (wasPress) onPress(toPoint(event))
      },
      onPointerCancel: () => {
        drag.current = null
      },
    },
    toPoint,
  }
}

/** Listens to the wheel without React, whose listeners are passive and can't stop the page from scrolling. */
function useWheel(
  element: RefObject<HTMLElement | null>,
  lane: Lane,
  view: LaneView,
  onView: (view: LaneView) => void,
) {
  const present = useRef({ lane, view, onView })
  useEffect(() => {
    present.current = { lane, view, onView }
  })
  useEffect(() => {
    const target = element.current
    let scrolledAt = Number.NEGATIVE_INFINITY
    const scroll = (event: Event) => {
      scrolledAt = event.timeStamp
    }
    const wheel = (event: WheelEvent) => {
      const { lane: of, view: seen, onView: move } = present.current
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const outwards = !isSideways && event.deltaY > 0
      // A fully zoomed-out lane lets the page scroll.
      if (outwards && isWholeView(of, seen)) return
      if (!event.ctrlKey && event.timeStamp - scrolledAt < scrollPauseMs) return
      event.preventDefault()
      const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect()
      const by = isSideways ? event.deltaX || event.deltaY : event.deltaY
      const next = isSideways
        ? panView(of, seen, by / Math.max(1, width))
        : zoomView(of, seen, 2 ** (-by / 200), (event.clientX - left) / Math.max(1, width))
      // The next wheel event can come before React renders this one.
      present.current.view = next
      move(next)
    }
    addEventListener("scroll", scroll, { passive: true })
    target?.addEventListener("wheel", wheel, { passive: false })
    return () => {
      removeEventListener("scroll", scroll)
      target?.removeEventListener("wheel", wheel)
    }
  }, [element])
}

function readKey(key: string, lane: Lane, view: LaneView): LaneView | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return panView(lane, view, -0.125)
    case "ArrowRight":
    case "ArrowUp":
      return panView(lane, view, 0.125)
    case "+":
    case "=":
      return zoomView(lane, view, 2)
    case "-":
      return zoomView(lane, view, 0.5)
    case "Home":
      return toWholeView(lane)
    default:
      return null
  }
}
