import {
  readContainerRegion,
  toAwsRegionId,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { memo, useRef } from "react"
import type { UseFormReturn } from "react-hook-form"
import { FormFields } from "#forms/FormFields.tsx"
import { cloudFields } from "#features/create-peering/draft/cloud-fields.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import { useFieldNotes } from "#features/create-peering/verdict/use-verdict.ts"
import { AzurePermission } from "./AzurePermission.tsx"
import { ContainerChoice } from "./ContainerChoice.tsx"
import styles from "./form.module.css"

/** The fields of one cloud: those of the network, Azure's permission and the Atlas side. */
export const CloudFields = memo(function CloudFields({
  form,
  providerName,
  readOnly,
}: {
  form: UseFormReturn<FormValues>
  providerName: ProviderName
  readOnly: boolean
}) {
  const notes = useFieldNotes()
  const followed = useRef("")

  /** Copies the container's region into the VPC's, unless the person wrote another one. */
  function followRegion(chosen: Container) {
    const region = toAwsRegionId(readContainerRegion(chosen) ?? "")
    const present = form.getValues("accepterRegionName")
    if (region === "" || (present !== "" && present !== followed.current)) return
    followed.current = region
    form.setValue("accepterRegionName", region)
    form.clearErrors("accepterRegionName")
  }

  return (
    <>
      <div className={styles.fields}>
        <FormFields form={form} rows={cloudFields[providerName]} notes={notes} readOnly={readOnly} />
      </div>
      {providerName === "AZURE" && <AzurePermission form={form} readOnly={readOnly} />}
      <ContainerChoice
        form={form}
        providerName={providerName}
        readOnly={readOnly}
        onChosen={providerName === "AWS" ? followRegion : undefined}
      />
    </>
  )
})
