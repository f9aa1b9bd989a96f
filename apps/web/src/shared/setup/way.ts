import type { RunbookStep } from "@peering-desk/peering-rules"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { useIsHydrated } from "#ui/first-render.ts"
import { keepStored, readStored } from "#api/stored.ts"
import { listTools, toolWords, type Tool } from "./instruction-tools.ts"

/** How a person does setup steps. One choice for every page, kept in this browser. */
export type Way = "cli" | "terraform" | "console"

const key = "peering-desk:way"
const ways: readonly Way[] = ["cli", "terraform", "console"]
const commandLines: Record<ProviderName, Tool> = { AWS: "aws", GCP: "gcloud", AZURE: "az" }

/** Returns the tool of a cloud for a way. */
export function toTool(way: Way, providerName: ProviderName): Tool {
  return way === "cli" ? commandLines[providerName] : way
}

/** Lists the ways that the steps of a cloud can be done, for a switch. */
export function listWays(
  steps: readonly RunbookStep[],
  providerName: ProviderName,
): { value: Way; title: string }[] {
  const tools = listTools(steps)
  return ways
    .map((value) => ({ value, tool: toTool(value, providerName) }))
    .filter(({ tool }) => tools.includes(tool))
    .map(({ value, tool }) => ({ value, title: toolWords[tool] }))
}

/** The way that was chosen last, on any page; the command line at first. */
export function useWay(): [way: Way, choose: (way: Way) => void] {
  const [chosen, choose] = useState<Way | null>(null)
  // The server, which does not know it, draws the first.
  const isHydrated = useIsHydrated()
  return [
    chosen ?? (isHydrated ? readWay() : "cli"),
    (next) => {
      choose(next)
      keepStored(key, next)
    },
  ]
}

function readWay(): Way {
  const stored = readStored(key)
  return ways.find((way) => way === stored) ?? "cli"
}
