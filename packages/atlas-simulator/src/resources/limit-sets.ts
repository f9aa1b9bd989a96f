/** The sets of endpoints that share a token bucket on v2: one bucket for each project, or for each caller. */
export const limitSets = {
  "network-peering": { name: "Network Peering", scope: "GROUP" },
  "aws-clusters-dns": { name: "AWS Clusters DNS", scope: "GROUP" },
  clusters: { name: "Clusters", scope: "GROUP" },
  "project-ip-access-list": { name: "Project IP Access List", scope: "GROUP" },
  projects: { name: "Projects", scope: "GROUP" },
  "projects-of-user": { name: "Projects", scope: "USER" },
  events: { name: "Events", scope: "GROUP" },
  // The documentation names no set for these.
  "service-accounts": { name: "Service Accounts", scope: "USER" },
  "service-accounts-of-project": { name: "Service Accounts", scope: "GROUP" },
  "resource-policies": { name: "Resource Policies", scope: "USER" },
  root: { name: "Root", scope: "USER" },
  "rate-limits-inspection": { name: "Rate Limits Inspection", scope: "USER" },
} as const
export type LimitSetId = keyof typeof limitSets

/** A token bucket: full at first, refilled steadily. */
export type Bucket = { capacity: number; refillPerMinute: number }
