import {
  factsOfFields,
  isPlainText,
  readVpcRegionId,
  type AtlasPeer,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { formatShellWord } from "#formats/shell.ts"
import { toAwsLookUp } from "./aws-look-up.ts"
import { toAzureLookUp } from "./azure-look-up.ts"
import { toGcpLookUp } from "./gcp-look-up.ts"

/** The format that scripts print and `readLookUp` reads. */
export const lookUpFormat = 1
export const beginLine = "----- BEGIN PEERING DESK LOOK-UP -----"
export const endLine = "----- END PEERING DESK LOOK-UP -----"

/** The network to read: the fields of a request, by Atlas's names. Without one, every network that the person sees is read. */
export interface LookUpSubject {
  providerName: ProviderName
  ids: Readonly<Record<string, string | null | undefined>>
  atlasCidr: string | null
}

/** Returns the network of a connection, as the script takes it. */
export function toLookUpSubject(peer: AtlasPeer, container: Container | null): LookUpSubject {
  const region = peer.providerName === "AWS" && { accepterRegionName: readVpcRegionId(peer, container) }
  const known: Readonly<Record<string, unknown>> = { ...peer, ...region }
  const ids = Object.keys(factsOfFields[peer.providerName]).map((name) => [name, known[name]])
  return {
    providerName: peer.providerName,
    ids: Object.fromEntries(ids) as LookUpSubject["ids"],
    atlasCidr: container?.atlasCidrBlock ?? null,
  }
}

/**
 * Writes a script for a POSIX shell that reads a network with the cloud's own tool. It shows its commands, runs them and prints their
 * answers as one JSON object. It changes nothing. Null for values with control or invisible characters, on which a terminal acts.
 */
export function buildLookUpScript({ providerName, ids, atlasCidr }: LookUpSubject): string | null {
  const known = Object.entries(ids).flatMap(([name, id]) => (id ? [[name, id] as const] : []))
  if (!known.flat().every(isPlainText) || !isPlainText(atlasCidr ?? "")) return null
  // The name of a Google Cloud network is no value of an option, so a dash would make it one.
  if (ids["networkName"]?.startsWith("-") === true) return null
  const asked = Object.fromEntries(known)
  const commands = { AWS: toAwsLookUp, GCP: toGcpLookUp, AZURE: toAzureLookUp }[providerName](asked)
  const head = JSON.stringify({ peeringDeskLookUp: lookUpFormat, cloud: providerName, asked }).slice(0, -1)
  return [
    "sh -s <<'LOOK_UP'",
    shellHelpers,
    "read_all() {",
    ...commands.map((line) => `  ${line}`),
    "}",
    "echo 'This script changes nothing. It runs:'",
    "pass=show; read_all",
    `printf '\\n%s\\n' '${beginLine}'`,
    `printf '%s,"at":"%s","read":{\\n' ${formatShellWord(head)} "$(date -u +%Y-%m-%dT%H:%M:%SZ)"`,
    "pass=run; read_all",
    `printf '},"failed":{%s}%s}\\n%s\\n' "$failed" "$more" '${endLine}'`,
    "LOOK_UP",
  ].join("\n")
}

/**
 * `ask NAME COMMAND…` shows a command, or runs it and prints its JSON under its name. Of one that fails it keeps the first line of
 * the error, so a missing right keeps the rest. az that may not look up an application warns, and lists no role as if there were none.
 * `!` is avoided: interactive bash expands it.
 */
const shellHelpers = `set -f
LC_ALL=C AWS_PAGER= CLOUDSDK_CORE_DISABLE_PROMPTS=1
export LC_ALL AWS_PAGER CLOUDSDK_CORE_DISABLE_PROMPTS
comma= failed= more= answer= code=0
ask() {
  name=$1
  shift
  if [ "$pass" = show ]; then printf '  %s\\n' "$*"; return 0; fi
  answer=$(
    exec 3>&1
    problem=$("$@" 2>&1 >&3 3>&- </dev/null)
    code=$?
    case $problem in (*"invoking Graph API"*|*"as an object ID"*) code=1 ;; esac
    if [ "$code" -ne 0 ]; then printf '%s\\n' "$problem"; fi
    exit "$code"
  )
  code=$?
  case $code:$answer in
    0:"{"*|0:"["*) printf '%s"%s":\\n%s\\n' "$comma" "$name" "$answer" ;;
    *)
      printf '%s"%s":null\\n' "$comma" "$name"
      line=$(printf '%s\\n' "$answer" | tr '\\000-\\011\\013-\\037\\177\\\\"' ' ' | sed -n '/[^ ]/{s/^ *//;p;q;}' | cut -c 1-300)
      failed="$failed\${failed:+,}\\"$name\\":\\"\${line:-no answer}\\"" ;;
  esac
  comma=,
}`
