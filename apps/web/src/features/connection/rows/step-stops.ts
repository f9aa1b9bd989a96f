import type { PathStop } from "@peering-desk/peering-rules"

/** The stop that each step of a runbook is about; other steps are about the cluster. */
const stops: Readonly<Record<string, PathStop["id"]>> = {
  "aws-dns": "dns",
  "aws-accept": "peering",
  "aws-routes": "route",
  "aws-security-group": "firewall",
  "aws-least-reach": "firewall",
  "gcp-peer-back": "peering",
  "gcp-firewall": "firewall",
  "gcp-blocks": "access-list",
  "gcp-custom-routes": "route",
  "gcp-least-reach": "firewall",
  "azure-service-principal": "role",
  "azure-role": "role",
  "azure-role-assignment": "role",
  "azure-role-check": "role",
  "azure-network-security-group": "firewall",
  "azure-blocks": "access-list",
  "azure-routes": "route",
  "azure-least-reach": "firewall",
  "access-list": "access-list",
}

/** Returns the stop that a step is about. */
export function findStopOf(stepId: string): PathStop["id"] {
  return stops[stepId] ?? "cluster"
}

/** Returns the id of the button of a stop's row, for the focus. */
export function toRowId(id: PathStop["id"]): string {
  return `stop-${id}`
}
