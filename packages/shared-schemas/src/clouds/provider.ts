import * as z from "zod/mini"

/** The clouds Atlas peers with, spelled as in request bodies. Atlas refuses any other case (`Azure` → 400). */
export const providerNames = ["AWS", "GCP", "AZURE"] as const

export const ProviderName = z.enum(providerNames)
export type ProviderName = z.infer<typeof ProviderName>

/** The clouds' display names. */
export const providerLabels: Record<ProviderName, string> = {
  AWS: "AWS",
  GCP: "Google Cloud",
  AZURE: "Azure",
}
