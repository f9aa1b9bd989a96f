import { formatShellWord } from "#formats/shell.ts"
import { buildCommand, fillIn, type Given } from "./runbook-step.ts"

/** Names the route that the script makes in every route table of a VPC. */
interface RouteTarget {
  region: string
  vpcId: string
  atlasCidr: Given
  connectionId: string
}

/**
 * Writes the shell script that routes Atlas's block in each route table of the VPC. It creates what is missing, replaces only a route
 * that AWS calls a blackhole, and shows any other without changing it.
 */
export function formatAwsRouteScript({ region, vpcId, atlasCidr, connectionId }: RouteTarget): string {
  const toRoute = (act: string) =>
    buildCommand(
      `aws ec2 ${act}`,
      { region },
      '--route-table-id="$table"',
      { "destination-cidr-block": atlasCidr },
      { "vpc-peering-connection-id": connectionId },
    )
  const tables = buildCommand(
    "aws ec2 describe-route-tables",
    { region, filters: `Name=vpc-id,Values=${vpcId}` },
    "--query='RouteTables[].RouteTableId' --output=text",
  )
  const present = buildCommand(
    "aws ec2 describe-route-tables",
    { region },
    '--route-table-ids="$table"',
    { query: `RouteTables[].Routes[?DestinationCidrBlock==${formatQueryLiteral(fillIn(atlasCidr))}][]` },
    "--output=text",
  )
  const own = formatShellWord(connectionId)
  return [
    `for table in $(${tables}); do`,
    `if answer=$(${toRoute("create-route")} 2>&1); then`,
    `  ${say("route created")}`,
    "else",
    '  case "$answer" in',
    "  *RouteAlreadyExists*)",
    `    route=$(${present})`,
    '    case " $route " in',
    `    "  ") ${say("not changed, its route cannot be shown")};;`,
    `    *[[:space:]]${own}[[:space:]]*) ${say("already leads to", own)};;`,
    "    *blackhole*)",
    `      ${say("replacing a route that leads nowhere:", '"$route"')}`,
    `      ${toRoute("replace-route")} >/dev/null &&`,
    `      ${say("route replaced")};;`,
    `    *) ${say("not changed, a route in use leads elsewhere:", '"$route"')};;`,
    "    esac;;",
    `  *) printf '%s: %s\\n' "$table" "$answer";;`,
    "  esac",
    "fi",
    "done",
  ].join("\n")
}

/** Prints a line about the route table: words, then a shell word. */
function say(words: string, word?: string): string {
  return `printf '%s: ${words}${word === undefined ? "" : " %s"}\\n' "$table"${word === undefined ? "" : ` ${word}`}`
}

/** Writes a text as a literal of JMESPath, the AWS CLI's query language: JSON between backticks. */
function formatQueryLiteral(text: string): string {
  return `\`${JSON.stringify(text).replaceAll("`", "\\u0060")}\``
}
