import { toVnetScope } from "@peering-desk/peering-rules"
import { lazy, Suspense, useEffect, useId, useState } from "react"
import { useController, useWatch, type UseFormReturn } from "react-hook-form"
import { toAzureNetwork, type AzureValues } from "./connection-values.ts"
import styles from "./create-peering.module.css"

const AzureSteps = lazy(async () => ({ default: (await import("./AzureSteps.tsx")).AzureSteps }))

/**
 * Azure alone has to let Atlas in before the connection is asked for. Nobody but the person can say whether it does: what they say
 * counts for the VNet that is named, and for no other.
 */
export function AzurePermission({ form, readOnly }: { form: UseFormReturn<AzureValues>; readOnly: boolean }) {
  const [isOpen, setIsOpen] = useState(false)
  const { control } = form
  const id = useId()
  const network = toAzureNetwork(useWatch({ control }) as AzureValues)
  const {
    field: { ref, name, value, onBlur, onChange },
    fieldState,
  } = useController({ control, name: "permittedFor" })
  const scope = toVnetScope(network)
  const isTicked = value === scope
  const wrong = fieldState.error?.message

  // Ticked now, or once more: when the name of the VNet is again the one that it was ticked for.
  useEffect(() => {
    if (isTicked) form.clearErrors("permittedFor")
  }, [form, isTicked])
  return (
    <fieldset className={styles.newContainer}>
      <legend>Atlas's permission in Azure</legend>
      <details
        className={styles.regions}
        open={isOpen}
        onToggle={(event) => setIsOpen(event.currentTarget.open)}
      >
        <summary>How to give it, and see that it is there</summary>
        {isOpen && (
          <Suspense fallback={<p>Loading</p>}>
            <AzureSteps network={network} />
          </Suspense>
        )}
      </details>
      <div>
        <label className={styles.permission}>
          <input
            type="checkbox"
            name={name}
            ref={ref}
            checked={isTicked}
            aria-invalid={wrong !== undefined}
            aria-describedby={wrong === undefined ? undefined : id}
            onBlur={onBlur}
            onChange={({ target }) => !readOnly && onChange(target.checked ? scope : "")}
          />
          <span>
            Atlas has its role on {network.vnetName === null ? "the VNet" : <code>{network.vnetName}</code>}
          </span>
        </label>
        {wrong !== undefined && (
          <p id={id} className={styles.regionError}>
            {wrong}
          </p>
        )}
      </div>
    </fieldset>
  )
}
