import type { FormHTMLAttributes, Ref } from "react"

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
  return (
    <form
      {...rest}
      noValidate
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    />
  )
}
