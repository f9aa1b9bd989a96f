import type { PeeringRequest, ProviderName } from "@peering-desk/shared-schemas"

/** The buttons of the product that a scene presses. */
export type PageButton = "create" | "apply-fix" | "check-again" | "verify"

const reason = "Orders service reads the ledger (NET-1311)"
const askEveryMs = 50
const pressEveryMs = 3_000
const giveUpAfterMs = 60_000

/** The one form that is open; those of the other clouds are hidden and have no reason. */
const findForm = () => document.querySelector<HTMLFormElement>('main form:has([name="reason"])')

const finders: Record<PageButton, () => HTMLElement | null | undefined> = {
  create: () => findForm()?.querySelector<HTMLElement>("[type=submit]"),
  "apply-fix": () => document.querySelector<HTMLElement>('main [aria-label^="Apply: "]'),
  "check-again": () => findByText(findForm(), "Check now"),
  verify: () => document.querySelector<HTMLElement>('main [aria-label="Integrity"] [type=submit]'),
}

/** Finds a button of the page; undefined or null when it is not there. */
export function findButton(button: PageButton): HTMLElement | null | undefined {
  return finders[button]()
}

/** The field that names a scene's network. */
const keyField = { AWS: "vpcId", GCP: "gcpProjectId", AZURE: "vnetName" } as const satisfies Record<
  ProviderName,
  string
>

/** Returns whether the page has a button that can be pressed. */
function hasButton(button: PageButton): boolean {
  const found = findButton(button)
  return found != null && found.ariaDisabled !== "true"
}

/** Returns whether the open form is filled in with a network. */
export function isFormOf(request: PeeringRequest): boolean {
  const name = keyField[request.providerName]
  const field = findForm()?.elements.namedItem(name)
  return field instanceof HTMLInputElement && field.value === Reflect.get(request, name)
}

/** Fills in what only a person can say: the reason, and that Azure's role is assigned. */
function answerForm(): void {
  const form = findForm()
  const field = form?.elements.namedItem("reason")
  if (field instanceof HTMLInputElement && field.value === "") {
    // React takes a value that is set past its own setter for a typed one.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, reason)
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const permission = form?.elements.namedItem("permittedFor")
  if (permission instanceof HTMLInputElement && !permission.checked) permission.click()
}

/** Presses a button as soon as the page has it. Throws when it does not come. */
export async function pressButton(button: PageButton): Promise<void> {
  await until(() => hasButton(button), "The page does not have the button that this step presses.")
  findButton(button)?.click()
}

/**
 * Answers what the form asks a person, and presses one of its buttons until that has an effect: the form does not send a plan that
 * changed just now. Throws `why` when it has none.
 */
export async function pressInForm(button: PageButton, hasEffect: () => boolean, why: string): Promise<void> {
  let pressedAt = Number.NEGATIVE_INFINITY
  const isDone = () => {
    if (hasEffect()) return true
    answerForm()
    if (performance.now() - pressedAt > pressEveryMs && hasButton(button)) {
      pressedAt = performance.now()
      findButton(button)?.click()
    }
    return false
  }
  await until(isDone, why)
}

/** Waits until something is on the page. Throws `why` when it does not come. */
export async function until(isThere: () => boolean, why: string): Promise<void> {
  const end = performance.now() + giveUpAfterMs
  while (!isThere()) {
    if (performance.now() > end) throw new Error(why)
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
}

function findByText(within: Element | null, text: string): HTMLElement | undefined {
  return [...(within?.querySelectorAll<HTMLElement>("button") ?? [])].find(
    (button) => button.textContent === text,
  )
}
