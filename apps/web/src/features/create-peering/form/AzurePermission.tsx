import { toVnetScope } from "@peering-desk/peering-rules"
import type { NetworkFacts } from "@peering-desk/shared-schemas"
import { Suspense, useEffect, useId, useState } from "react"
import { useController, useWatch } from "react-hook-form"
import { Icon } from "#ui/marks/Icon.tsx"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import { isNamed, toAzureNetwork, type FormValues } from "#features/create-peering/draft/form-values.ts"
import { useCloudFormContext } from "./cloud-form-context.ts"
import { FormSection } from "./FormSection.tsx"
import styles from "./form.module.css"
import { lazyPart } from "#ui/lazy-part.tsx"

const loadSteps = () => import("./AzureRoleSteps.tsx")
const AzureRoleSteps = lazyPart(async () => (await loadSteps()).AzureRoleSteps)

/**
 * Azure's permission for Atlas, which must exist before the peering. Unless another peering proves it, the person confirms it, for the
 * named VNet only.
 */
export function AzurePermission() {
  const { form, sending, live } = useCloudFormContext()
  const { control } = form
  const id = useId()
  const isOpen = useCreatePage().openTab === "AZURE"
  const values = useWatch({ control }) as FormValues
  const network = toAzureNetwork(values)
  // The steps stay where somebody pasted into them.
  const [hasPasted, setPasted] = useState(false)
  const {
    field: { ref, name, value, onBlur, onChange },
    fieldState,
  } = useController({ control, name: "permittedFor" })
  const checks = live?.verdict?.checks ?? []
  const proof = checks.find((check) => check.id === "cloud-permission" && check.status === "green")
  const isProven = proof !== undefined
  const scope = toVnetScope(network)
  const isTicked = value === scope
  const wrong = fieldState.error?.message
  const vnet = network.vnetName ?? "the VNet"

  // The steps appear at once when the VNet is named.
  useEffect(() => {
    if (isOpen) void loadSteps()
  }, [isOpen])

  useEffect(() => {
    if (isProven) form.setValue("permittedFor", scope)
  }, [form, isProven, scope])

  // Also when the person names the confirmed VNet again.
  useEffect(() => {
    if (isTicked) form.clearErrors("permittedFor")
  }, [form, isTicked])

  return (
    <FormSection
      title={`Assign Atlas's role on ${vnet}`}
      lead={
        proof !== undefined && !hasPasted
          ? undefined
          : `Azure rejects the request without the role. Run this as an owner of ${vnet}.`
      }
    >
      {proof !== undefined && !hasPasted ? (
        // A refusal moves the focus here when there is no checkbox.
        <p ref={ref} tabIndex={-1} className={`line ${styles.proven}`}>
          <Icon name="works" /> {proof.says}.
        </p>
      ) : (
        // The checkbox comes with the steps above it: one that they push down is missed by a press.
        <Suspense fallback={<p className={styles.waiting}>Loading the steps</p>}>
          {isNamed(network) ? (
            <AzureRoleSteps
              network={network}
              facts={values.facts ? (JSON.parse(values.facts) as NetworkFacts) : null}
              onFacts={(facts) => {
                setPasted(true)
                if (!sending) form.setValue("facts", JSON.stringify(facts), { shouldDirty: true })
              }}
            />
          ) : (
            <p className={styles.waiting}>Fill in the four fields above to get the commands.</p>
          )}
          <label
            className={`beside top gap-12 above-12 rounded pad-y-14 pad-x-16 ${styles.permission}`}
            data-wrong={wrong !== undefined || undefined}
          >
            <input
              type="checkbox"
              className="tick above-2"
              name={name}
              ref={ref}
              checked={isTicked}
              disabled={!isNamed(network)}
              aria-labelledby={`${id}-label`}
              aria-invalid={wrong !== undefined}
              aria-describedby={`${id}-why${wrong === undefined ? "" : ` ${id}-wrong`}`}
              onBlur={onBlur}
              onChange={({ target }) => !sending && onChange(target.checked ? scope : "")}
            />
            <span className="grid">
              <strong id={`${id}-label`}>The role is assigned on {vnet}</strong>
              <span id={`${id}-why`} className={styles.quiet}>
                A pasted look-up of the VNet checks this. Without one, your word counts.
              </span>
              {wrong !== undefined && (
                <span id={`${id}-wrong`} className={styles.wrong}>
                  {wrong}
                </span>
              )}
            </span>
          </label>
        </Suspense>
      )}
    </FormSection>
  )
}
