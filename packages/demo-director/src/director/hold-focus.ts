/**
 * Keeps the focus on the button of the bar that has it: a page that opens gives it to its title. Ends when the person moves the focus, or
 * presses something else.
 */
export function holdFocus(host: HTMLElement): void {
  let held: HTMLElement | null = null
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && host.contains(target)) held = target
    else if (target instanceof HTMLHeadingElement && held?.isConnected === true)
      held.focus({ preventScroll: true })
  })
  const release = (event: Event) => {
    if (event instanceof KeyboardEvent ? event.key === "Tab" : !host.contains(event.target as Node))
      held = null
  }
  document.addEventListener("keydown", release, true)
  document.addEventListener("pointerdown", release, true)
}
