import { createEc2 } from "#aws/ec2.ts"
import { AwsError } from "#aws/errors.ts"
import type { Query } from "#aws/query.ts"
import { isList, type XmlValue } from "#aws/xml.ts"
import { needOption, refuseCommand, ToolError, type ToolCall } from "./tool-call.ts"

/** Answers what `aws` prints (AWS CLI command reference: ec2, sts). Its `--query` is taken as the look-up script has it. */
export function answerAws(call: ToolCall): unknown {
  const { world, account, command } = call
  if (command === "sts get-caller-identity") return { Account: account }
  if (command === "ec2 describe-regions") return listRegions(call).join("\t")
  const actions = createEc2(() => world)
  const operation = toPascalCase(command.replace(/^ec2 /, ""))
  const action = Object.hasOwn(actions, operation) ? actions[operation] : undefined
  if (action === undefined) return refuseCommand("aws", call)
  try {
    return toPrinted(action({ account }, toQuery(call), needOption(call, "region")))
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    throw new ToolError(
      `An error occurred (${error.code}) when calling the ${operation} operation: ${error.message}`,
    )
  }
}

function listRegions({ world, account }: ToolCall): string[] {
  const own = world.networks.filter((one) => one.providerName === "AWS" && one.awsAccountId === account)
  return [...new Set(own.flatMap((one) => ("region" in one ? one.region : [])))]
}

/** `describe-vpcs` calls `DescribeVpcs`. */
const toPascalCase = (name: string) =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Translates options to parameters of the Query protocol: `--vpc-ids` is `VpcId.1`. A filter has one value. */
function toQuery({ options }: ToolCall): Query {
  const parameters = [...options].map(
    ([name, value]) => [toPascalCase(name).replace(/Ids$/, "Id.1"), value] as const,
  )
  const [, filter, value = ""] = /^Name=([^,]+),Values=(\S+)$/.exec(options.get("filters") ?? "") ?? []
  if (filter === undefined) return new Map(parameters)
  return new Map([...parameters, ["Filter.1.Name", filter], ["Filter.1.Value.1", value]])
}

/** Where the AWS CLI has another name than EC2's answer with a capital. */
const printedNames: Record<string, string> = {
  associationSet: "Associations",
  default: "IsDefault",
  entrySet: "Entries",
  groupDescription: "Description",
  groups: "UserIdGroupPairs",
  networkAclSet: "NetworkAcls",
  prefixListSet: "PrefixLists",
  propagatingVgwSet: "PropagatingVgws",
  routeSet: "Routes",
  routeTableSet: "RouteTables",
  securityGroupInfo: "SecurityGroups",
  subnetSet: "Subnets",
  tagSet: "Tags",
  vpcPeeringConnectionSet: "VpcPeeringConnections",
  vpcSet: "Vpcs",
}

function toPrinted(value: XmlValue): unknown {
  if (typeof value !== "object" || value === null) return value
  if (isList(value)) return value.map(toPrinted)
  const fields = Object.entries(value).filter(([, one]) => one !== null)
  return Object.fromEntries(
    fields.map(([name, one]) => [printedNames[name] ?? toPascalCase(name), toPrinted(one)]),
  )
}
