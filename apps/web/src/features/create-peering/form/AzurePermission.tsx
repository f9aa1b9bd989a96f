import { toVnetScope } from "@peering-desk/peering-rules"
import { lazy, Suspense, useContext, useEffect, useId, useState } from "react"
import { useController, useWatch, type UseFormReturn } from "react-hook-form"
import { isNamed, toAzureNetwork, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { VerdictContext } from "#features/create-peering/verdict/use-verdict.ts"
import styles from "./form.module.css"

const AzureStepList = lazy(async () => ({
  default: (await import("#shared/AzureStepList.tsx")).AzureStepList,
}))

/**
 * Azure's permission for Atlas, which must exist before the peering. Unless another peering proves it, the person confirms it, for the
 * named VNet only.
 */
export function AzurePermission({ form, readOnly }: { form: UseFormReturn<FormValues>; readOnly: boolean }) {
  const { control } = form
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const network = toAzureNetwork(useWatch({ control }) as FormValues)
  const {
    field: { ref, name, value, onBlur, onChange },
    fieldState,
  } = useController({ control, name: "permittedFor" })
  const checks = useContext(VerdictContext)?.checks ?? []
  const proof = checks.find((check) => check.id === "cloud-permission" && check.status === "green")
  const isProven = proof !== undefined
  const scope = toVnetScope(network)
  const isTicked = value === scope
  const wrong = fieldState.error?.message

  useEffect(() => {
    if (isProven) form.setValue("permittedFor", scope)
  }, [form, isProven, scope])

  // Also when the person names the confirmed VNet again.
  useEffect(() => {
    if (isTicked) form.clearErrors("permittedFor")
  }, [form, isTicked])

  return (
    <fieldset className={styles.newContainer}>
      <legend>Atlas's permission in Azure</legend>
      <p id={`${id}-why`} className={styles.oneWay}>
        {proof !== undefined
          ? `${proof.says}: nothing to do here.`
          : "Azure lets Atlas peer only where Atlas's application has a role on the VNet. Nobody can see from here whether it has, so the connection is asked for once you say so."}
      </p>
      <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        {/* A refusal moves the focus here when there is no checkbox. */}
        <summary ref={isProven ? ref : undefined}>How to give it, and see that it is there</summary>
        {isOpen && (
          <Suspense fallback={<p>Loading</p>}>
            <AzureStepList network={network} />
          </Suspense>
        )}
      </details>
      {!isProven && (
        <div>
          <label className={styles.permission}>
            <input
              type="checkbox"
              name={name}
              ref={ref}
              checked={isTicked}
              disabled={!isNamed(network)}
              aria-invalid={wrong !== undefined}
              aria-describedby={`${id}-why${wrong === undefined ? "" : ` ${id}-wrong`}`}
              onBlur={onBlur}
              onChange={({ target }) => !readOnly && onChange(target.checked ? scope : "")}
            />
            <span>
              Atlas has its role on {network.vnetName === null ? "the VNet" : <code>{network.vnetName}</code>}
            </span>
          </label>
          {wrong !== undefined && (
            <p id={`${id}-wrong`} className={styles.regionError}>
              {wrong}
            </p>
          )}
        </div>
      )}
    </fieldset>
  )
}
