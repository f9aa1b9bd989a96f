import { useRef, type FormHTMLAttributes, type Ref } from "react"

/** A form whose fields explain themselves what is wrong with them, instead of the browser. */
export function Form({
  isBusy,
  onSubmit,
  ...rest
}: Omit<FormHTMLAttributes<HTMLFormElement>, "onSubmit"> & {
  ref?: Ref<HTMLFormElement>
  isBusy?: boolean
  onSubmit: () => void
}) {
  const isSent = useRef(false)

  function submit() {
    if (isSent.current) return
    // What is sent shows as pending a task later, too late for the second click of a double click.
    isSent.current = true
    onSubmit()
    setTimeout(() => {
      isSent.current = false
    })
  }

  return (
    <form
      {...rest}
      noValidate
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    />
  )
}
