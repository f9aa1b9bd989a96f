import { afterEach, describe, expect, onTestFinished, test } from "vitest"
import { repeatEarlyEvents } from "./early-events.ts"

afterEach(() => document.body.replaceChildren())

/** Records keys pressed on the page, and repeats them. */
async function repeatKeys(...keys: (string | KeyboardEventInit)[]): Promise<void> {
  const taken = keys.map((key) => {
    const event = new KeyboardEvent("keydown", {
      bubbles: true,
      ...(typeof key === "string" ? { key } : key),
    })
    Object.defineProperty(event, "target", { value: document.body })
    return { event, value: undefined, isChecked: undefined }
  })
  globalThis.earlyEvents = { taken, stop: () => {}, loaded: Promise.resolve() }
  await repeatEarlyEvents()
}

/** Opens a field on Ctrl+K, as the palette does, with what the person types then already in it. */
function openFieldOnControlK(typedSince: string) {
  const field = document.createElement("input")
  const others: string[] = []
  const press = ({ key, ctrlKey }: KeyboardEvent) => {
    if (!ctrlKey) return void others.push(key)
    document.body.append(field)
    field.focus()
    field.value = typedSince
  }
  document.addEventListener("keydown", press)
  onTestFinished(() => document.removeEventListener("keydown", press))
  return { field, others }
}

const controlK = { key: "k", ctrlKey: true }

describe("keys pressed before the page can be used", () => {
  test("letters typed after Ctrl+K are in the field that it opens, before later ones", async () => {
    const { field, others } = openFieldOnControlK("ement")
    const seen: string[] = []
    document.body.addEventListener("input", () => seen.push(field.value), { once: true })
    await repeatKeys(controlK, "s", "e", "t", "t", "l")
    expect(field).toHaveProperty("value", "settlement")
    expect(seen).toEqual(["settlement"])
    expect(others).toEqual([])
  })

  test("keys that open no field stay shortcuts of the page, also while a field has the focus", async () => {
    const { field, others } = openFieldOnControlK("")
    document.body.append(field)
    field.focus()
    await repeatKeys("j", "x")
    expect(others).toEqual(["j", "x"])
    expect(field).toHaveProperty("value", "")
  })

  test("a key pressed while earlier ones are repeated comes after them", async () => {
    const { others } = openFieldOnControlK("")
    const repeated = repeatKeys("j", "j")
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "x", bubbles: true }))
    await repeated
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true }))
    expect(others).toEqual(["j", "j", "x", "k"])
  })
})
