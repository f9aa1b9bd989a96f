import { toAwsRegionId } from "@peering-desk/shared-schemas"
import { compact } from "#formats/compact.ts"
import { formatShellOption, formatShellWord } from "#formats/shell.ts"

type Asked = Readonly<Record<string, string>>

/** Finds the VPC in another region of the account when it isn't in the region that the connection names. */
const findElsewhere = (vpc: string) =>
  String.raw`case $pass:$answer in
  show:*) echo "  aws ec2 describe-regions, and describe-vpcs in each region if the VPC isn't in this one" ;;
  run:*InvalidVpcID.NotFound*)
    for other in $(aws ec2 describe-regions "--region=$region" '--query=Regions[].RegionName' --output=text </dev/null 2>/dev/null); do
      answer=$(aws ec2 describe-vpcs "--region=$other" ${vpc} --output=json </dev/null 2>/dev/null) || continue
      printf '%s"vpcs-elsewhere":\n%s\n' "$comma" "$answer"
      region=$other
      break
    done ;;
esac`.split("\n")

/** Routes and groups may name prefix lists, whose CIDRs are a call of their list. */
const prefixLists =
  String.raw`if [ "$pass" = show ]; then echo "  aws ec2 get-managed-prefix-list-entries --region=$region, for each prefix list in these answers"; fi
for list in $(printf '%s\n' "$lists" | sed -n 's/.*PrefixListId": *"\(pl-[0-9a-f]*\)".*/\1/p' | sort -u); do
  ask "prefix-list:$list" aws ec2 get-managed-prefix-list-entries "--region=$region" "--prefix-list-id=$list" --output=json
done`.split("\n")

/** Lists the calls that describe a VPC, or without its id every VPC of a region. */
export function toAwsLookUp(asked: Asked): string[] {
  const id = asked["vpcId"]
  const isNamed = id !== undefined
  const named = asked["accepterRegionName"]
  const filter = (name: string) =>
    id === undefined ? "" : ` ${formatShellOption("--filters", `Name=${name},Values=${id}`)}`
  const describe = (name: string, call: string, options = "") =>
    `ask ${name} aws ec2 describe-${call} "--region=$region"${options} --output=json`
  const vpc = id === undefined ? "" : formatShellOption("--vpc-ids", id)
  const attribute = (name: string) => ` ${formatShellOption("--vpc-id", id ?? "")} --attribute=${name}`
  return compact([
    named === undefined
      ? "region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region </dev/null 2>/dev/null)}}; region=${region:-us-east-1}"
      : `region=${formatShellWord(toAwsRegionId(named))}`,
    "ask caller aws sts get-caller-identity '--query={Account:Account}' --output=json",
    describe("vpcs", "vpcs", id === undefined ? "" : ` ${vpc}`),
    ...(isNamed ? findElsewhere(vpc) : []),
    isNamed && describe("dns-support", "vpc-attribute", attribute("enableDnsSupport")),
    isNamed && describe("dns-hostnames", "vpc-attribute", attribute("enableDnsHostnames")),
    describe("subnets", "subnets", filter("vpc-id")),
    describe("peerings", "vpc-peering-connections", filter("accepter-vpc-info.vpc-id")),
    isNamed && describe("peerings-requested", "vpc-peering-connections", filter("requester-vpc-info.vpc-id")),
    describe("network-acls", "network-acls", filter("vpc-id")),
    describe("security-groups", "security-groups", filter("vpc-id")),
    "lists=$answer",
    describe("route-tables", "route-tables", filter("vpc-id")),
    'lists="$lists $answer"',
    ...prefixLists,
    `if [ "$pass" = run ]; then more=",\\"region\\":\\"$(printf '%s' "$region" | tr -cd 'a-z0-9-')\\""; fi`,
  ])
}
