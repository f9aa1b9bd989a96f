import type { Target } from "#scenes/scene.ts"
import type { Spotlight } from "./spotlight.ts"

/** Finds what a target is about: the first visible element that fits. */
export function findTarget({ css, text, isBeside }: Target): HTMLElement | null {
  const frame = document.querySelector<HTMLIFrameElement>("[data-demo] iframe")
  const root = isBeside === true ? frame?.contentDocument : document
  for (const element of root?.querySelectorAll<HTMLElement>(css) ?? [])
    if (isVisible(element) && fits(readText(element), text)) return element
  return null
}

function isVisible(element: HTMLElement): boolean {
  if (element.closest("[data-demo]") !== null || !element.checkVisibility({ visibilityProperty: true }))
    return false
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0
}

function fits(has: string, text: string | RegExp | undefined): boolean {
  if (text === undefined) return true
  return typeof text === "string" ? has.includes(text) : text.test(has)
}

function readText(element: HTMLElement): string {
  if (element.matches("input, select, textarea")) {
    const field = element as HTMLInputElement | HTMLSelectElement
    return "selectedOptions" in field ? (field.selectedOptions[0]?.text ?? "") : field.value
  }
  return (element.textContent ?? "").replaceAll(/\s+/g, " ").trim()
}

function take(target: Target): HTMLElement {
  const found = findTarget(target)
  if (found === null) throw new Error("The page does not have what this step acts on.")
  return found
}

/** Sets a field as typing does: React takes a value that is set past its own setter for a typed one. */
function set(field: HTMLElement, value: string, event: "input" | "change"): void {
  const view = field.ownerDocument.defaultView
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")
  if (view === null || own?.set === undefined) throw new Error("The page does not have a field here.")
  own.set.call(field, value)
  field.dispatchEvent(new view.Event(event, { bubbles: true }))
  field.dispatchEvent(new view.FocusEvent("focusout", { bubbles: true }))
}

/** What a scene sees of the page, and does to it as a person would. */
export type Page = ReturnType<typeof createPage>

export function createPage(spotlight: Spotlight) {
  return {
    /** Returns whether the product's script has taken the page over: until then it would miss an act, and the router an address. */
    isUsable: (): boolean => (globalThis as { earlyEvents?: unknown }).earlyEvents === undefined,
    /** Returns path and query. */
    readAddress: (): string => location.pathname + location.search,
    open(address: string): void {
      // The router of the product listens. The state keeps the focus on the bar, where a title would take it.
      history.pushState("keep-focus", "", address)
      window.scrollTo(0, 0)
    },
    /** Returns the text of the first visible element that fits; null without one. */
    read(target: Target): string | null {
      const found = findTarget(target)
      return found === null ? null : readText(found)
    },
    /** Scrolls to an element and puts the spotlight on it; null puts it out. */
    show: (target: Target | null): void => spotlight.light(target === null ? null : () => findTarget(target)),
    /** Returns whether a person could press it now. */
    mayPress: (target: Target): boolean => isEnabled(findTarget(target)),
    press: (target: Target): void => take(target).click(),
    /** Returns something that changes when a press has an effect near what was pressed. */
    readState(target: Target): string {
      const found = findTarget(target)
      return JSON.stringify([
        location.href,
        found?.outerHTML,
        found !== null && "checked" in found && found.checked,
        found?.closest("details")?.open,
        document.querySelectorAll("dialog[open], :popover-open:not([data-demo])").length,
      ])
    },
    /** Types into a field, or chooses the option of a select whose text begins so. */
    fill(target: Target, value: string): void {
      const field = take(target)
      if (!(field instanceof HTMLSelectElement)) return set(field, value, "input")
      const option = [...field.options].find(({ text }) => text.startsWith(value))
      if (option === undefined) throw new Error("The page does not have the option that this step chooses.")
      set(field, option.value, "change")
    },
    /** Lets the page paste this from the clipboard from now on; null gives the real one back. */
    setClipboard(text: string | null): void {
      const { clipboard } = navigator
      if (text === null) Reflect.deleteProperty(clipboard, "readText")
      else Object.defineProperty(clipboard, "readText", { value: async () => text, configurable: true })
    },
    /** Forgets what the page keeps of a project in this browser. */
    forget(projectId: string): void {
      for (const key of Object.keys(localStorage)) if (key.includes(projectId)) localStorage.removeItem(key)
    },
  }
}

const isEnabled = (element: HTMLElement | null) =>
  element !== null && element.ariaDisabled !== "true" && !element.matches(":disabled")
