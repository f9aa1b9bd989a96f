import { useEffect, useRef, useState, type FormHTMLAttributes } from "react"
import { FormBusy } from "./form-busy.ts"

/**
 * A form whose fields explain themselves what is wrong with them, instead of the browser. The first one with a mistake takes the focus
 * when the form is sent, and when the answer finds one. While it is being sent, its fields can't be changed.
 */
export function Form({
  isBusy = false,
  onSubmit,
  children,
  ...rest
}: Omit<FormHTMLAttributes<HTMLFormElement>, "onSubmit"> & {
  isBusy?: boolean
  onSubmit: () => void
}) {
  const form = useRef<HTMLFormElement>(null)
  const isSent = useRef(false)
  const [tries, setTries] = useState(0)

  useEffect(() => {
    if (tries > 0 && !isBusy) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus()
  }, [tries, isBusy])

  function submit() {
    if (isSent.current) return
    // What is sent shows as pending a task later, too late for the second click of a double click.
    isSent.current = true
    setTries(tries + 1)
    onSubmit()
    setTimeout(() => {
      isSent.current = false
    })
  }

  return (
    <form
      {...rest}
      ref={form}
      noValidate
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <FormBusy value={isBusy}>{children}</FormBusy>
    </form>
  )
}
