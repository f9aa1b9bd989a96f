/** An event that came before the script, with the state of its field then. */
interface EarlyEvent {
  event: Event
  value: string | undefined
  isChecked: boolean | undefined
}

declare global {
  /** What `public/loader.js` keeps until the page can be used; absent from then on, and in pages that the browser draws alone. */
  var earlyEvents: { taken: EarlyEvent[]; stop: () => void; loaded: Promise<unknown> } | undefined
}

/** Ends the recording and repeats early events once the page can be used: what was typed, chosen and pressed then counts now. */
export async function repeatEarlyEvents(): Promise<void> {
  const early = globalThis.earlyEvents
  if (early === undefined) return
  early.stop()
  const { activeElement: before } = document
  const taken = early.taken.splice(0)
  let isOwn = false
  // A key that is pressed meanwhile waits for the earlier ones.
  const hold = (event: KeyboardEvent) => {
    const { target, ctrlKey, metaKey, altKey } = event
    if (isOwn || ctrlKey || metaKey || altKey || (target instanceof Element && isField(target))) return
    event.stopImmediatePropagation()
    taken.push({ event, value: undefined, isChecked: undefined })
  }
  addEventListener("keydown", hold, true)
  while (taken.length > 0) {
    // Each sees what the one before changed.
    await new Promise((resolve) => setTimeout(resolve))
    const { activeElement: field } = document
    if (field !== before && field !== null && isField(field) && !field.matches("select")) {
      // A repeated key opened it. What was typed later may be in it already.
      const typed = takeTyped(taken)
      if (typed !== "") repeatInput(field, "input", typed + field.value)
    }
    const next = taken.shift()
    isOwn = true
    if (next !== undefined) repeat(next)
    isOwn = false
  }
  removeEventListener("keydown", hold, true)
  globalThis.earlyEvents = undefined
}

/** Removes the first keys that were typed outside of fields, and returns their text. */
function takeTyped(taken: EarlyEvent[]): string {
  let text = ""
  for (let key = readTyped(taken[0]); key !== null; key = readTyped(taken[0])) {
    text += key
    taken.shift()
  }
  return text
}

function readTyped({ event }: Partial<EarlyEvent> = {}): string | null {
  if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.metaKey || event.altKey) return null
  const isInField = event.target instanceof Element && isField(event.target)
  return event.key.length === 1 && !isInField ? event.key : null
}

function repeat({ event, value, isChecked }: EarlyEvent): void {
  const { target, type } = event
  if (!(target instanceof Element) || !target.isConnected) return
  if (event instanceof KeyboardEvent) {
    if (!isField(target)) target.dispatchEvent(new KeyboardEvent(type, event))
  } else if (type === "click") repeatClick(target, isChecked)
  else if (isField(target) && value !== undefined) repeatInput(target, type, value)
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

const fields = "textarea, select, input:not([type=checkbox], [type=radio])"

function isField(target: Element): target is Field {
  return target.matches(fields)
}

/** Links, folds and popovers are the browser's own, which did it already. */
function repeatClick(target: Element, isChecked: boolean | undefined): void {
  if (target instanceof HTMLInputElement) {
    if (target.matches(fields)) return
    if (target.checked === isChecked) target.checked = !isChecked
    target.click()
    return
  }
  const button = target.closest<HTMLElement>("a, summary, label, button, [role=button]")
  if (button?.matches("button:not([popovertarget]), [role=button]") === true) button.click()
}

/** React takes a change only when its own record of the field differs. */
function repeatInput(field: Field, type: string, value: string): void {
  if (field instanceof HTMLSelectElement) field.value = value
  else {
    field.value = field.defaultValue
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value)
  }
  field.dispatchEvent(new Event(type, { bubbles: true }))
}
