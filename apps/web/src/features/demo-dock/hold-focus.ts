/**
 * Keeps the focus on the button of the dock that has it: a page that opens gives it to its title. Ends when the person moves the
 * focus, or presses something.
 */
export function holdFocus(): void {
  const button = document.querySelector<HTMLElement>('section[aria-label="Demo"] :focus')
  if (button === null) return
  const end = new AbortController()
  const { signal } = end
  document.addEventListener(
    "focusin",
    ({ target }) => {
      if (target instanceof HTMLHeadingElement) button.focus({ preventScroll: true })
    },
    { signal },
  )
  const release = (event: Event) => {
    if (!(event instanceof KeyboardEvent) || event.key === "Tab") end.abort()
  }
  document.addEventListener("keydown", release, { signal })
  document.addEventListener("pointerdown", release, { signal })
}
