import type { ProviderName } from "@peering-desk/shared-schemas"
import type { SortName, StateGroup } from "./inventory-filter.ts"

export const stateGroupWords: Record<StateGroup, string> = {
  all: "All",
  person: "Needs a person",
  you: "Your turn",
  failed: "Failed",
  atlas: "Atlas is working",
  works: "Available",
  closing: "Being removed",
  unknown: "Unknown state",
}

export const sortWords: Record<SortName, string> = {
  need: "What needs a person",
  since: "Longest in its state",
  name: "Name",
  project: "Project",
  cloud: "Cloud",
}

export const cloudOptions: Record<ProviderName, string> = { AWS: "AWS", GCP: "Google Cloud", AZURE: "Azure" }

/** `1 connection`, `1,000 connections`. */
export function toCount(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`
}
