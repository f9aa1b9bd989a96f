import { useLayoutEffect, type RefObject } from "react"

const gap = 4
const edge = 8

/**
 * Puts a shown element into the browser's top layer beside its anchor: below it, or above where there is more room, aligned with
 * its end, and over it where neither has room. The element has `popover="manual"` and `position: fixed`.
 * @param setOpen a state's setter, called with false on a press outside both
 */
export function useTopLayer(
  element: RefObject<HTMLElement | null>,
  anchor: RefObject<HTMLElement | null>,
  isOpen: boolean,
  setOpen?: (isOpen: false) => void,
): void {
  useLayoutEffect(() => {
    const box = element.current
    const origin = anchor.current
    if (!isOpen || box === null || origin === null) return undefined
    // Test browsers without a layout have no top layer.
    if ("showPopover" in box) box.showPopover()
    const place = () => {
      const from = origin.getBoundingClientRect()
      const { width, height } = box.getBoundingClientRect()
      const below = from.bottom + gap
      const fits = below + height <= innerHeight - edge || from.top < innerHeight - from.bottom
      const top = Math.min(fits ? below : from.top - gap - height, innerHeight - edge - height)
      box.style.setProperty("top", `${Math.max(edge, top)}px`)
      const left = from.left + width <= innerWidth - edge ? from.left : from.right - width
      box.style.setProperty("left", `${Math.max(edge, left)}px`)
    }
    const closeOutside = ({ target }: Event) => {
      if (![box, origin].some((part) => part.contains(target as Node))) setOpen?.(false)
    }
    place()
    addEventListener("resize", place)
    addEventListener("scroll", place, true)
    document.addEventListener("pointerdown", closeOutside)
    return () => {
      document.removeEventListener("pointerdown", closeOutside)
      removeEventListener("resize", place)
      removeEventListener("scroll", place, true)
    }
  }, [element, anchor, isOpen, setOpen])
}
