import { mergePasted, readPasted } from "@peering-desk/peering-rules"
import { check, expectThat, type Finding } from "./area.ts"
import { listAwsClis, readTag, startMoto } from "./moto.ts"
import { runProgram } from "./programs.ts"

const account = "123456789012"
const formats = {
  "1": ["json", "table", "text"],
  "2": ["json", "yaml", "yaml-stream", "table", "text"],
} as const

/** Reads live output of the AWS CLI in each format. A field that is filled must be right; an empty one is reported. */
export async function checkPasteReader(work: string): Promise<Finding[]> {
  const moto = await startMoto(work)
  const own = await moto.openAccount(account)
  const atlas = await moto.openAccount("111111111111")
  const region = "us-west-1"
  const vpcId = readTag(await own.ask(region, "CreateVpc", { CidrBlock: "10.15.0.0/16" }), "vpcId")
  await own.ask(region, "AssociateVpcCidrBlock", { VpcId: vpcId, CidrBlock: "10.16.0.0/16" })
  for (const CidrBlock of ["10.15.1.0/24", "10.15.2.0/24"])
    await own.ask(region, "CreateSubnet", { VpcId: vpcId, CidrBlock })
  const side = readTag(await atlas.ask("eu-west-1", "CreateVpc", { CidrBlock: "10.8.0.0/21" }), "vpcId")
  const request = { VpcId: side, PeerVpcId: vpcId, PeerOwnerId: account, PeerRegion: region }
  await atlas.ask("eu-west-1", "CreateVpcPeeringConnection", request)
  const whole = {
    vpcId,
    awsAccountId: account,
    routeTableCidrBlock: "10.15.0.0/16",
    accepterRegionName: "us-west-1",
  }
  const looks: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    [`ec2 describe-vpcs --region=${region} --vpc-ids=${vpcId}`, whole],
    [`ec2 describe-vpc-peering-connections --region=${region}`, whole],
    // Subnets do not say which block the VPC has.
    [
      `ec2 describe-subnets --region=${region} --filters=Name=vpc-id,Values=${vpcId}`,
      { ...whole, routeTableCidrBlock: "" },
    ],
    ["sts get-caller-identity", { awsAccountId: account }],
  ]
  const clis = await listAwsClis()
  const groups = clis.flatMap(({ version, path }) =>
    looks.map(async ([command, right]) => {
      const findings: Finding[] = []
      for (const format of formats[version.startsWith("1.") ? "1" : "2"])
        findings.push(
          await check(`v${version} aws ${command.replace(/ --.*/, "")}, ${format}`, async () => {
            const { screen } = await runProgram(path, [...command.split(" "), `--output=${format}`], {
              env: own.env,
            })
            return readBack(screen, right)
          }),
        )
      return findings
    }),
  )
  const findings = (await Promise.all(groups)).flat()
  moto.stop()
  return findings
}

/** Pastes an output into an empty draft. Throws for a wrong value; returns what was filled and what was left empty. */
function readBack(screen: string, right: Readonly<Record<string, string>>): string {
  const pasted = readPasted(screen)
  const { request } = mergePasted({ providerName: "AWS", request: {} }, pasted).draft
  const filled = Object.entries(request).filter(([, value]) => value !== "")
  const wrong = filled.filter(([name, value]) => right[name] !== value)
  expectThat(wrong.length === 0, `wrong: ${JSON.stringify(wrong)} of\n${screen.slice(0, 1500)}`)
  const missing = Object.keys(right).filter((name) => right[name] !== "" && request[name] === undefined)
  const offer = pasted.choices.length === 0 ? "" : `, ${pasted.choices.length} to choose from`
  return `${filled.length} fields filled${offer}${missing.length === 0 ? "" : `; left empty: ${missing.join(", ")}`}`
}
