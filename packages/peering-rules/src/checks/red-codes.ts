import type { CheckId } from "@peering-desk/shared-schemas"

/**
 * The errorCodes with which Atlas refuses what makes a check red (Atlas: API error codes).
 * Null: Atlas accepts it, but our rule does not, because the cloud refuses it and the peering could only fail later.
 */
export const redCodes = {
  fields: [
    "INVALID_ATTRIBUTE",
    "INVALID_REGION",
    "INVALID_ENUM_VALUE",
    "INVALID_CIDR_BLOCK",
    "INVALID_ROUTE_TABLE_CIDR",
    "ATLAS_INVALID_CIDR_RANGE",
    "ATLAS_NON_CANONICAL_CIDR_BLOCK",
    null,
  ],
  container: ["CLOUD_PROVIDER_CONTAINER_NOT_FOUND"],
  "container-region": ["REGION_UNAVAILABLE"],
  "container-size": ["ATLAS_INVALID_CIDR_BLOCK", "ATLAS_INVALID_CIDR_BLOCK_FOR_SMALL_CONTAINER"],
  "container-overlap": ["OVERLAPPING_ATLAS_CIDR_BLOCK"],
  "container-is-the-only-one": ["CONTAINER_ALREADY_EXISTS"],
  "overlap-with-container": ["OVERLAPPING_ATLAS_CIDR_BLOCK", null],
  "overlap-with-peer": ["OVERLAPPING_CIDR_BLOCK"],
  "overlap-with-other-container": [null],
  "overlap-with-other-network": [null],
  "atlas-network": [null],
  "known-network": [null],
  duplicate: ["PEER_ALREADY_EXISTS", "PEER_ALREADY_EXISTS_GCP", "PEER_ALREADY_EXISTS_AZURE"],
  quota: ["PEER_MAXIMUM_REACHED"],
  "quota-pending": ["PEER_MAXIMUM_REACHED"],
  "key-rights": ["USER_UNAUTHORIZED"],
  policies: ["ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED"],
  "peering-only-mode": ["AZURE_PEERING_MULTIPLE_REGIONS_NOT_ALLOWED_IN_DEPRECATED_PEERING_ONLY_MODE"],
} as const satisfies Partial<Record<CheckId, readonly (string | null)[]>>

/** An errorCode that can make a check red; `never` for a check that cannot be red. */
export type RedCode<Id extends CheckId> = Id extends keyof typeof redCodes
  ? (typeof redCodes)[Id][number]
  : never
