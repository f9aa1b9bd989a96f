import { useQuery } from "@tanstack/react-query"
import type { UseFormReturn } from "react-hook-form"
import { networksQuery } from "#api/projects/networks.ts"
import { useCreatePage } from "#features/create-peering/draft/create-page.ts"
import type { FormValues } from "#features/create-peering/draft/form-values.ts"
import styles from "./form.module.css"
import { NetworkChoice } from "./NetworkChoice.tsx"

/** The place of the choice of a VPC, in projects whose accounts a role reads. */
export function NetworkPlace({ form }: { form: UseFormReturn<FormValues> }) {
  const { owner } = useCreatePage()
  const { data: networks = [] } = useQuery(networksQuery(owner.projectId))
  if (networks.length === 0) return null
  return (
    <div className={styles.networks}>
      <NetworkChoice form={form} networks={networks} />
    </div>
  )
}
