import type { ProviderName } from "@peering-desk/shared-schemas"
import { notYet, type Reading } from "#runbook/read-outcome.ts"

/** A reading, and the setup step that fixes it. */
export interface DiagnosisReading extends Reading {
  /** The step's id; null when no setup step fixes it. */
  step: string | null
}

/** The place where the test script ran. */
export interface DiagnosisPlace {
  providerName: ProviderName
  /** The container's block; null when it is not known. */
  atlasCidr: string | null
  /** On AWS, the block given to Atlas, often the VPC's; null when it is not known. */
  networkCidr: string | null
}

/** The setup steps that open the way; `routes` is null where the cloud adds routes by itself. */
export const portSteps: Readonly<Record<ProviderName, { routes: string | null; firewall: string }>> = {
  AWS: { routes: "aws-routes", firewall: "aws-security-group" },
  GCP: { routes: null, firewall: "gcp-firewall" },
  AZURE: { routes: null, firewall: "azure-network-security-group" },
}

/** Builds the reading of a check that failed; without a step when no setup step fixes it. */
export function fix(says: string, next: string, step: string | null = null): DiagnosisReading {
  return { ...notYet(says, next), step }
}
