import { cloudUrls, type CloudAccount } from "@peering-desk/shared-schemas"
import type { Page } from "@playwright/test"
import { makeAccount, makeAccountList, makeWaiting } from "#web/src/mock-bff/cloud-accounts.ts"
import { answer, inDays, listWaitingShots, type Shot } from "./screenshot-shot.ts"

const path = "/cloud-accounts"
const minute = 1 / (24 * 60)

/** Lists the states of the page of cloud accounts. */
export function listCloudShots(projectId: string): Shot[] {
  const read = { projectId, checkedAt: inDays(-20 * minute), readAt: inDays(-minute / 5) }
  const works = makeAccount("orders", { ...read, since: inDays(-2) })
  const waiting = makeWaiting("sandbox", { projectId })
  const lacking = makeAccount("payments-dr", {
    ...read,
    account: "719204638815",
    missing: ["ec2:DescribeNetworkAcls", "ec2:DescribeManagedPrefixLists"],
    vpcs: 5,
    regions: ["us-east-1"],
    connections: 3,
  })
  const refused = makeAccount("batch", {
    ...read,
    account: "662044710938",
    state: "refused",
    problem: "AccessDenied on sts:AssumeRole. The role was deleted, or its external ID changed.",
    since: inDays(-90 * minute),
    readAt: inDays(-91 * minute),
    connections: 1,
  })
  const open = makeAccount("shared-services", { ...read, account: "330188214457", isOpenToOthers: true })
  const unread = makeAccount("data-lake", {
    ...read,
    state: "unreachable",
    problem: "AWS did not answer within 5 s (ec2.eu-west-1.amazonaws.com).",
    since: inDays(-12 * minute),
  })
  const name = "a-very-long-name-of-an-account-that-nobody-shortens-".repeat(2).slice(0, 60)
  const many = Array.from({ length: 500 }, (_, at) => makeAccount(`team-${at}`, read))
  const connect = (page: Page) => page.getByRole("button", { name: "Connect sandbox" }).click()
  const shot = (
    state: string,
    accounts: CloudAccount[],
    more: Partial<Shot> = {},
    templateUrl: string | null = null,
  ) => ({
    name: `cloud-accounts-${state}`,
    path,
    before: answer(cloudUrls.cloudAccounts(), makeAccountList(accounts, templateUrl)),
    ...more,
  })
  return [
    shot("states", [works, lacking, refused, open, unread, waiting]),
    shot("empty", []),
    shot("ways", [works, waiting], { reach: connect }),
    shot("link", [works, waiting], { reach: connect }, "https://templates.s3.amazonaws.com/read.yaml"),
    shot("no-identity", [{ ...waiting, principal: null }], { reach: connect }),
    shot("many", many, { path: `${path}?search=team-49` }),
    shot("long-names", [{ ...lacking, name }]),
    ...listWaitingShots("cloud-accounts", path),
    { name: "cloud-accounts-forbidden", path, person: "Victor Lund" },
  ]
}
