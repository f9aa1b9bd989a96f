/** The clouds Atlas peers with, spelled as in request bodies. Atlas refuses any other case (`Azure` → 400). */
export const providerNames = ["AWS", "GCP", "AZURE"] as const

/** The clouds' display names. */
export const providerLabels: Record<(typeof providerNames)[number], string> = {
  AWS: "AWS",
  GCP: "Google Cloud",
  AZURE: "Azure",
}
