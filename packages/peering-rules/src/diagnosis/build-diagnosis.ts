import { isPlainText, type ProviderName } from "@peering-desk/shared-schemas"
import { formatShellWord } from "#formats/shell.ts"
import { powerShellBody } from "./powershell-script.ts"
import { shellBody } from "./shell-script.ts"

/** The test script for one tool, ready to paste. */
export interface Diagnosis {
  tool: "shell" | "powershell"
  text: string
}

/** A test of a peering, to run on a machine that is to use it. */
export interface DiagnosisSubject {
  providerName: ProviderName
  /** The container's block; null when it is not known. */
  atlasCidr: string | null
  /** Hosts with their ports, `ledger-shard-00-00.k3v9x.mongodb.net:27017`; empty to name one in `CLUSTER_HOST`. */
  hosts: readonly string[]
}

/**
 * Builds the test scripts for a cloud: one for shells, and one for PowerShell on Azure. They check name, route, ports and TLS.
 * Returns no script for a host or block with control or invisible characters, on which a terminal would act.
 */
export function buildDiagnoses({ providerName, atlasCidr, hosts }: DiagnosisSubject): Diagnosis[] {
  const block = atlasCidr ?? "unknown"
  if (![block, ...hosts].every(isPlainText)) return []
  const ends = hosts.length === 0 ? ['"$CLUSTER_HOST"'] : hosts.map(formatShellWord)
  const shell: Diagnosis = {
    tool: "shell",
    text: [
      `sh -s -- ${[providerName, formatShellWord(block), ...ends].join(" ")} <<'DIAGNOSIS'`,
      shellBody,
      "DIAGNOSIS",
    ].join("\n"),
  }
  if (providerName !== "AZURE") return [shell]
  const named = hosts.length === 0 ? "$CLUSTER_HOST" : hosts.map(toPowerShellText).join(",")
  return [
    shell,
    { tool: "powershell", text: `${powerShellBody} ${providerName} ${toPowerShellText(block)} ${named}` },
  ]
}

/** Writes a text of PowerShell, which takes each of five quotes for the end of it and two for one. */
function toPowerShellText(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, "$&$&")}'`
}
