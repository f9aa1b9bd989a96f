import { render, screen, waitFor } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { useState } from "react"
import { expect, test, vi } from "vitest"
import { Button } from "./Button.tsx"

test("a busy button keeps the focus, and neither a press nor Enter in its form acts", async () => {
  const onSubmit = vi.fn<() => void>()
  const onClick = vi.fn<() => void>()
  render(
    <form onSubmit={onSubmit}>
      <input aria-label="Reason" />
      <Button type="submit" isBusy onClick={onClick}>
        Send
      </Button>
    </form>,
  )
  const button = screen.getByRole("button", { name: "Send" })
  await userEvent.click(button)
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute("aria-disabled")).toBe("true")
  await userEvent.type(screen.getByRole("textbox", { name: "Reason" }), "NET-7{Enter}")
  expect(onSubmit).not.toHaveBeenCalled()
  expect(onClick).not.toHaveBeenCalled()
})

test("a pressed button that goes passes the focus on to its dialog, its part of the page or the title", async () => {
  const Once = () => {
    const [isThere, setThere] = useState(true)
    return isThere && <Button onClick={() => setThere(false)}>Revoke</Button>
  }
  const page = render(
    <main>
      <h1 tabIndex={-1}>Tokens</h1>
      <Once />
    </main>,
  )
  await userEvent.click(screen.getByRole("button"))
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("heading")))
  page.rerender(
    <section tabIndex={-1} aria-label="Plan">
      <Once />
    </section>,
  )
  await userEvent.click(screen.getByRole("button"))
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("region")))
  page.rerender(
    <dialog open tabIndex={-1}>
      <Once />
    </dialog>,
  )
  await userEvent.click(screen.getByRole("button"))
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("dialog")))
})
