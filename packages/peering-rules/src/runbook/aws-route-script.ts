import { formatCidr, parseCidr } from "@peering-desk/shared-schemas"
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
 * that AWS calls a blackhole, and shows any other without changing it. It leaves a table alone whose routes in use overlap the block,
 * unless `ALLOW_OVERLAP` is `yes`. It tells where AWS lists no table.
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
    "found=",
    `for table in $(${tables}); do`,
    "found=yes",
    ...formatOverlapCheck({ region, atlasCidr, connectionId }),
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
    `if [ -z "$found" ]; then printf '%s\\n' ${formatShellWord(`No route table of ${vpcId} in ${region}: check the account, the region and your rights`)}; fi`,
  ].join("\n")
}

/** The attributes of a route that name its target, the commonest first. */
const targets = [
  "TransitGatewayId",
  "VpcPeeringConnectionId",
  "GatewayId",
  "NatGatewayId",
  "NetworkInterfaceId",
  "CoreNetworkArn",
]

/**
 * Writes the lines that show the table's routes in use which overlap the block or may, and go on to the next table. The default route
 * overlaps every block and is left out. A table that has the block itself is left to AWS, which refuses to create it again. AWS doesn't
 * refuse it beside a route that a VPN or Direct Connect propagates, and prefers the new one.
 */
function formatOverlapCheck({ region, atlasCidr, connectionId }: Omit<RouteTarget, "vpcId">): string[] {
  const block = parseCidr(atlasCidr ?? "")
  if (block === null) return []
  const { network, prefix } = block
  const cidr = formatCidr(block)
  const own = formatShellWord(connectionId)
  const listed = buildCommand(
    "aws ec2 describe-route-tables",
    { region },
    '--route-table-ids="$table"',
    {
      query: `RouteTables[].Routes[].[DestinationCidrBlock||DestinationPrefixListId,State,Origin,${targets.join("||")}]`,
    },
    "--output=text",
  )
  const show = (words: string) =>
    `printf '%s: %s goes to %s${words}\\n' "$table" "$a.$b.$c.$d/$bits" "$target"`
  return [
    `if routes=$(${listed} 2>&1); then :; else`,
    `  ${say("not changed, its routes cannot be listed:", '"$routes"')}`,
    "  continue",
    "fi",
    "overlaps=$(",
    "  IFS=$(printf './ \\011')",
    "  printf '%s\\n' \"$routes\" | while read -r a b c d bits state origin target; do",
    // A prefix list has no address to split: the target is the fourth word, which a slash parts. The list of a gateway endpoint is AWS's;
    // one that leads to the endpoint of a Gateway Load Balancer looks the same.
    '    case "$a $b $d" in',
    `    (pl-*" active "vpce-*|pl-*" active "${own}) continue;;`,
    '    (pl-*" active "*)',
    `      printf '%s: prefix list %s goes to %s; whether it overlaps ${cidr} was not checked\\n' "$table" "$a" "$d\${bits:+/$bits}"`,
    "      continue;;",
    "    esac",
    '    case "$a$b$c$d/$bits" in (*[[:alpha:]]*|*[[:punct:]]*/*|*/*[[:punct:]]*|*/|*/0) continue;; esac',
    `    size=$((1 << (32 - (bits < ${prefix} ? bits : ${prefix}))))`,
    `    if [ $(((a * 16777216 + b * 65536 + c * 256 + d) / size)) -ne $((${network} / size)) ]; then continue; fi`,
    `    case "$bits $state $origin $target" in`,
    `    (${prefix}" active EnableVgwRoutePropagation "*)`,
    `      ${show(` by propagation; a route for ${cidr} would take its traffic`)};;`,
    `    (${prefix}" "*) echo block-is-there;;`,
    `    (*" active "*" "${own}) ;;`,
    `    (*" active "*)`,
    `      if [ "$bits" -gt ${prefix} ]; then ${show(` and keeps that part of ${cidr}`)}`,
    `      else ${show(`; a route for ${cidr} would take that part of its traffic`)}`,
    "      fi;;",
    "    esac",
    "  done",
    ")",
    'case "$overlaps" in',
    '"") ;;',
    "*block-is-there*) printf '%s\\n' \"$overlaps\" | sed -n '/ and keeps /p';;",
    "*)",
    "  printf '%s\\n' \"$overlaps\"",
    '  if [ "${ALLOW_OVERLAP:-}" = yes ]; then :; else',
    `    ${say("not changed because of these routes in use. Set ALLOW_OVERLAP=yes and run this again to create the route")}`,
    "    continue",
    "  fi;;",
    "esac",
  ]
}

/** Prints a line about the route table: words, then a shell word. */
function say(words: string, word?: string): string {
  return `printf '%s: ${words}${word === undefined ? "" : " %s"}\\n' "$table"${word === undefined ? "" : ` ${word}`}`
}

/** Writes a text as a literal of JMESPath, the AWS CLI's query language: JSON between backticks. */
function formatQueryLiteral(text: string): string {
  return `\`${JSON.stringify(text).replaceAll("`", "\\u0060")}\``
}
