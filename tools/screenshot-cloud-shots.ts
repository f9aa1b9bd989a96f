import { cloudUrls, type CloudAccount, type CloudAccountList } from "@peering-desk/shared-schemas"
import type { Page } from "@playwright/test"
import { answer, listWaitingShots, type Shot } from "./screenshot-shot.ts"

const path = "/cloud-accounts"

/** Lists the states of the page of cloud accounts. */
export function listCloudShots(projectId: string): Shot[] {
  const works = { ...account, projectId }
  const waiting: CloudAccount = {
    ...works,
    ...noRole,
    id: "b",
    name: "sandbox",
    externalId: "pd-0c4e91d27ab35f86",
  }
  const lacking: CloudAccount = {
    ...works,
    id: "c",
    name: "payments-dr",
    account: "719204638815",
    missing: ["ec2:DescribeNetworkAcls", "ec2:DescribeManagedPrefixLists"],
    vpcs: 5,
    regions: ["us-east-1"],
    connections: 3,
  }
  const refused: CloudAccount = {
    ...works,
    id: "d",
    name: "batch",
    account: "662044710938",
    state: "refused",
    problem: "AccessDenied on sts:AssumeRole. The role was deleted, or its external ID changed.",
    since: toMoment(-90),
    readAt: toMoment(-91),
    connections: 1,
  }
  const open: CloudAccount = {
    ...works,
    id: "e",
    name: "shared-services",
    account: "330188214457",
    isOpenToOthers: true,
  }
  const unread: CloudAccount = {
    ...works,
    id: "f",
    name: "data-lake",
    state: "unreachable",
    problem: "AWS did not answer within 5 s (ec2.eu-west-1.amazonaws.com).",
    since: toMoment(-12),
  }
  const long = {
    ...lacking,
    id: "g",
    name: "a-very-long-name-of-an-account-that-nobody-shortens-".repeat(2).slice(0, 60),
  }
  const many = Array.from({ length: 500 }, (_, at) => ({ ...works, id: `m${at}`, name: `team-${at}` }))
  const connect = (page: Page) => page.getByRole("button", { name: "Connect sandbox" }).click()
  const shot = (
    name: string,
    accounts: CloudAccount[],
    more: Partial<Shot> = {},
    templateUrl: string | null = null,
  ) => ({
    name: `cloud-accounts-${name}`,
    path,
    before: answer(cloudUrls.cloudAccounts(), {
      accounts,
      templateUrl,
      readMinutes: 15,
    } satisfies CloudAccountList),
    ...more,
  })
  return [
    shot("states", [works, lacking, refused, open, unread, waiting]),
    shot("empty", []),
    shot("ways", [works, waiting], { reach: connect }),
    shot("link", [works, waiting], { reach: connect }, "https://templates.s3.amazonaws.com/read.yaml"),
    shot("no-identity", [{ ...waiting, principal: null }], { reach: connect }),
    shot("many", many, { path: `${path}?search=team-49` }),
    shot("long-names", [long]),
    ...listWaitingShots("cloud-accounts", path),
    { name: "cloud-accounts-forbidden", path, person: "Victor Lund" },
  ]
}

const toMoment = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

const account: CloudAccount = {
  id: "a",
  projectId: "",
  name: "orders",
  account: "482913570264",
  roleArn: "arn:aws:iam::482913570264:role/peering-desk-read",
  externalId: "pd-7f3a5c2e9b1d91c2",
  principal: "arn:aws:iam::111122223333:role/peering-desk",
  state: "reading",
  problem: null,
  since: toMoment(-3000),
  checkedAt: toMoment(-20),
  readAt: toMoment(-0.2),
  missing: [],
  isOpenToOthers: false,
  vpcs: 9,
  regions: ["us-east-1", "eu-west-1"],
  connections: 11,
}

const noRole: Partial<CloudAccount> = {
  account: null,
  roleArn: null,
  state: "waiting",
  checkedAt: null,
  readAt: null,
  isOpenToOthers: null,
  vpcs: 0,
  regions: [],
  connections: 0,
}
