import type { AnchorHTMLAttributes, ButtonHTMLAttributes, MouseEvent, Ref } from "react"
import styles from "./Button.module.css"
import { focusTitle } from "./PageHeader.tsx"

interface Look {
  /** `primary`: the one main action of a page. */
  kind?: "primary" | "secondary" | "quiet"
  size?: "normal" | "small"
}

/** A button; it submits only when told to with `type="submit"`. While it is busy, a press of it or of Enter in its form does nothing. */
export function Button({
  kind,
  size,
  isBusy = false,
  ref = passFocusOn,
  ...rest
}: Look & { ref?: Ref<HTMLButtonElement>; isBusy?: boolean } & Omit<
    ButtonHTMLAttributes<HTMLButtonElement>,
    "className"
  >) {
  const busy = isBusy && { "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() }
  return <button type="button" ref={ref} {...rest} {...busy} className={toClassName({ kind, size })} />
}

/**
 * Passes the focus of a pressed button or a sent field that goes on: to its dialog or the part of the page around it that takes the
 * focus, or to the page's title.
 */
export function passFocusOn(element: HTMLElement | null) {
  return () => {
    if (document.activeElement !== element) return
    const part = element?.parentElement?.closest<HTMLElement>("dialog, [tabindex='-1']")
    queueMicrotask(() => {
      if (document.activeElement !== document.body) return
      if (part?.isConnected === true) part.focus({ preventScroll: true })
      else focusTitle({ preventScroll: true })
    })
  }
}

/** A link that looks like a button: for going somewhere, where `Button` is for doing something. */
export function LinkButton({
  kind,
  size,
  children,
  ...rest
}: Look & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "className">) {
  return (
    <a {...rest} className={toClassName({ kind, size })}>
      {children}
    </a>
  )
}

function toClassName({ kind = "secondary", size = "normal" }: Look): string {
  return [styles.button, styles[kind], size === "small" && styles.small].filter(Boolean).join(" ")
}
