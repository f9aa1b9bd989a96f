import type { ProviderName } from "@peering-desk/shared-schemas"
import { createContext, useContext } from "react"
import type { LiveVerdict } from "#features/create-peering/verdict/use-verdict.ts"
import type { useCloudForm } from "./use-cloud-form.ts"

/** What the parts of one cloud's form share. */
interface CloudFormParts extends ReturnType<typeof useCloudForm> {
  providerName: ProviderName
  /** Null while another tab is open. */
  live: LiveVerdict | null
}

export const CloudFormContext = createContext<CloudFormParts | null>(null)

export function useCloudFormContext(): CloudFormParts {
  const parts = useContext(CloudFormContext)
  if (parts === null) throw new Error("CloudFormContext has no value")
  return parts
}
