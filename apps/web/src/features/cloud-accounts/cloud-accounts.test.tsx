import {
  apiUrls,
  cloudUrls,
  type BeginCloudAccount,
  type CloudAccount,
  type NameCloudRole,
} from "@peering-desk/shared-schemas"
import { screen, waitFor, within } from "@testing-library/react"
import { http, HttpResponse } from "msw"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { makeAccount, makeAccountList, makeWaiting } from "#mock-bff/cloud-accounts.ts"
import { answer, mockBff, refuse, runAudited, silent } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { inOneProject, makeSession, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const serve = (accounts: CloudAccount[], templateUrl: string | null = null) =>
  mockBff.use(answer(cloudUrls.cloudAccounts(), makeAccountList(accounts, templateUrl)))

const cardOf = (name: string) => screen.findByRole("region", { name })
const panel = (name = "Connect an AWS account") => screen.findByRole("region", { name })

describe("a connected account", () => {
  test("shows its id in fours, its project, what was read, its role and when", async () => {
    serve([makeAccount("orders")])
    openApp(pagePaths.cloudAccounts())
    const card = await cardOf("orders")
    expect(card).toHaveTextContent("4829 1357 0264")
    expect(card).toHaveTextContent("payments-prod · 9 VPCs in 2 regions · 11 connections")
    expect(card).toHaveTextContent("Last read 12 s ago")
    expect(card).toHaveTextContent("Readpeering-desk-read")
    expect(card).toHaveTextContent("All 9 rights present · Checked")
    expect(within(card).getByRole("button", { name: "Copy account of orders" })).toBeVisible()
  })

  test("an account without VPCs counts no regions", async () => {
    serve([makeAccount("empty", { vpcs: 0, regions: [], connections: 0 })])
    openApp(pagePaths.cloudAccounts())
    expect(await cardOf("empty")).toHaveTextContent("payments-prod · No VPCs · 0 connections")
  })

  test("names each missing right and what stays not checked for it", async () => {
    serve([makeAccount("dr", { missing: ["ec2:DescribeNetworkAcls", "ec2:DescribeManagedPrefixLists"] })])
    openApp(pagePaths.cloudAccounts())
    const card = await cardOf("dr")
    expect(card).toHaveTextContent("2 of 9 rights missing")
    const rights = within(card).getByRole("list", { name: "Rights of dr" })
    expect(
      within(rights)
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([
      "ec2:DescribeVpcsand 6 more",
      "Missing: ec2:DescribeNetworkAclsSecurity group and network ACL stay “not checked”",
      "Missing: ec2:DescribeManagedPrefixListsRoutes and rules by prefix list stay “not checked”",
    ])
    expect(card).not.toHaveTextContent("All 9 rights present")
  })

  test("shows AWS's words for a refused role, since when, and from when its facts are", async () => {
    serve([
      makeAccount("batch", {
        state: "refused",
        problem: "AccessDenied on sts:AssumeRole. The role was deleted, or its external ID changed.",
        since: "2026-11-24T10:03:00.000Z",
        readAt: "2026-11-24T10:02:00.000Z",
      }),
    ])
    openApp(pagePaths.cloudAccounts())
    const card = await cardOf("batch")
    const toClock = (at: string) => new Date(at).toTimeString().slice(0, 5)
    expect(card).toHaveTextContent(`Role refused since ${toClock("2026-11-24T10:03:00Z")}`)
    expect(card).toHaveTextContent("AccessDenied on sts:AssumeRole.")
    expect(card).toHaveTextContent(`facts of ${toClock("2026-11-24T10:02:00Z")}`)
    expect(card).not.toHaveTextContent("rights present")
  })

  test("has buttons whose names begin with what they show, for people who speak to them", async () => {
    serve([
      makeAccount("batch", { state: "refused", problem: "AccessDenied" }),
      makeAccount("dr", { missing: ["ec2:DescribeNetworkAcls"] }),
    ])
    openApp(pagePaths.cloudAccounts())
    const refused = within(await cardOf("batch"))
    expect(refused.getByRole("button", { name: "Connect again: batch" })).toHaveTextContent("Connect again")
    const partial = within(await cardOf("dr"))
    expect(partial.getByRole("button", { name: "Update role of dr" })).toHaveTextContent("Update role")
  })

  test("says that anybody can use a role without the condition", async () => {
    serve([makeAccount("open", { isOpenToOthers: true })])
    openApp(pagePaths.cloudAccounts())
    const card = await cardOf("open")
    expect(card).toHaveTextContent("Open to others")
    expect(card).toHaveTextContent("Anybody who knows the ARN can use this role")
    expect(card).not.toHaveTextContent("rights present")
  })

  test("is checked by its button, and shows what the check found", async () => {
    const found = makeAccount("orders", { missing: ["ec2:DescribeSubnets"] })
    let accounts = [makeAccount("orders")]
    mockBff.use(
      http.get(cloudUrls.cloudAccounts(), () => HttpResponse.json(makeAccountList(accounts))),
      http.post(cloudUrls.checkCloudAccount("orders"), () => {
        accounts = [found]
        return HttpResponse.json(found)
      }),
    )
    const { user } = openApp(pagePaths.cloudAccounts())
    await user.click(await screen.findByRole("button", { name: "Check now: orders" }))
    expect(await screen.findByText("1 of 9 rights missing")).toBeVisible()
    expect(screen.getByText("orders checked: 1 of 9 rights missing")).toBeInTheDocument()
  })

  test("is removed after a question with the consequences, and the title takes the focus", async () => {
    let accounts = [makeAccount("orders")]
    mockBff.use(
      http.get(cloudUrls.cloudAccounts(), () => HttpResponse.json(makeAccountList(accounts))),
      runAudited("delete", cloudUrls.cloudAccount("orders"), null, () => {
        accounts = []
      }),
    )
    const { user } = openApp(pagePaths.cloudAccounts())
    await user.click(await screen.findByRole("button", { name: "More actions for orders" }))
    await user.click(screen.getByRole("menuitem", { name: "Remove…", hidden: true }))
    const dialog = screen.getByRole("dialog", { name: "Remove orders?" })
    expect(dialog).toHaveTextContent("11 connections stay")
    expect(dialog).toHaveTextContent("role/peering-desk-read stays in AWS until you delete it")
    await user.click(within(dialog).getByRole("button", { name: "Remove account" }))
    expect(await screen.findByText("No accounts connected yet")).toBeVisible()
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 })).toHaveFocus())
  })
})

test("a cloud account that can't be removed says so in the question, which stays open", async () => {
  serve([makeAccount("orders")])
  mockBff.use(http.delete(cloudUrls.cloudAccount("orders"), () => HttpResponse.error()))
  const { user } = openApp(pagePaths.cloudAccounts())
  const opener = await screen.findByRole("button", { name: "More actions for orders" })
  await user.click(opener)
  await user.click(screen.getByRole("menuitem", { name: "Remove…", hidden: true }))
  const dialog = screen.getByRole("dialog", { name: "Remove orders?" })
  await user.click(within(dialog).getByRole("button", { name: "Remove account" }))
  expect(await within(dialog).findByRole("alert")).toHaveTextContent("Can't reach the server")
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }))
  expect(opener).toHaveFocus()
  expect(screen.queryByRole("alert")).toBeNull()
})

describe("connecting an account", () => {
  /** Keeps what the page sends; the role that it names works unless a problem is given. */
  function serveConnecting(problem: string | null = null, more: Partial<CloudAccount> = {}) {
    const sent: { begun: BeginCloudAccount[]; named: NameCloudRole[] } = { begun: [], named: [] }
    let accounts: CloudAccount[] = []
    const waiting = makeWaiting("orders", more)
    mockBff.use(
      http.get(cloudUrls.cloudAccounts(), () => HttpResponse.json(makeAccountList(accounts))),
      http.post(cloudUrls.cloudAccounts(), async ({ request }) => {
        sent.begun.push((await request.json()) as BeginCloudAccount)
        accounts = [waiting]
        return HttpResponse.json(waiting, { status: 201 })
      }),
      http.put(cloudUrls.cloudRole("orders"), async ({ request }) => {
        sent.named.push((await request.json()) as NameCloudRole)
        accounts = [makeAccount("orders", problem === null ? {} : { state: "refused", problem })]
        return HttpResponse.json(accounts[0])
      }),
    )
    return sent
  }

  async function begin() {
    const { user } = openApp(pagePaths.cloudAccounts())
    await screen.findByRole("option", { name: "payments-prod" })
    await user.selectOptions(screen.getByLabelText("Project"), "payments-prod")
    await user.type(screen.getByLabelText("Name"), "orders")
    await user.click(screen.getByRole("button", { name: "Create external ID" }))
    return { user, ways: await panel("Connect orders") }
  }

  test("begins with a project and a name, and shows the external id", async () => {
    const sent = serveConnecting()
    const { ways } = await begin()
    expect(sent.begun).toEqual([{ projectId, name: "orders" }])
    expect(ways).toHaveTextContent("pd-orders-7f3a5c91c2")
    expect(within(ways).getByRole("heading", { name: "Connect orders" })).toHaveFocus()
    expect(await cardOf("orders")).toHaveTextContent("Waiting for a role")
  })

  test("asks for a missing project and name", async () => {
    serve([])
    const { user } = openApp(pagePaths.cloudAccounts())
    await user.click(await screen.findByRole("button", { name: "Create external ID" }))
    expect(await screen.findByText("Choose a project", { selector: "p" })).toBeVisible()
    expect(screen.getByText("Enter a name")).toBeVisible()
  })

  test("shows at the project why the server can't connect another account there, and keeps the name", async () => {
    serve([])
    const full = "This project has 50 accounts. Disconnect one first."
    const problem = { status: 400, code: "invalid_request", fields: { projectId: full } } as const
    mockBff.use(runAudited("post", cloudUrls.cloudAccounts(), { problem }))
    const { user } = openApp(pagePaths.cloudAccounts())
    await screen.findByRole("option", { name: "payments-prod" })
    await user.selectOptions(screen.getByLabelText("Project"), "payments-prod")
    await user.type(screen.getByLabelText("Name"), "orders")
    await user.click(screen.getByRole("button", { name: "Create external ID" }))
    await waitFor(() => expect(screen.getByLabelText("Project")).toHaveAccessibleDescription(full))
    expect(screen.getByLabelText("Name")).toHaveValue("orders")
    expect(screen.queryByRole("alert")).toBeNull()
    await user.selectOptions(screen.getByLabelText("Project"), "analytics")
    expect(screen.queryByText(full)).toBeNull()
  })

  test("offers a template with the external id, and CloudFormation's page", async () => {
    serveConnecting()
    const { user, ways } = await begin()
    const saved: Blob[] = []
    URL.createObjectURL = (blob) => {
      saved.push(blob as Blob)
      return "blob:template"
    }
    await user.click(within(ways).getByRole("button", { name: "Download template" }))
    const template = parse((await saved[0]?.text()) ?? "") as {
      Parameters: { ExternalId: { Default: string } }
    }
    expect(template.Parameters.ExternalId.Default).toBe("pd-orders-7f3a5c91c2")
    expect(within(ways).getByRole("link", { name: "Open CloudFormation" })).toHaveAttribute(
      "href",
      "https://console.aws.amazon.com/cloudformation/home#/stacks/create",
    )
  })

  test("opens AWS with the template filled in when the template has an address", async () => {
    serve([makeWaiting("orders")], "https://bucket.s3.amazonaws.com/role.yaml")
    const { user } = openApp(pagePaths.cloudAccounts())
    await user.click(await screen.findByRole("button", { name: "Connect orders" }))
    const link = within(await panel("Connect orders")).getByRole("link", { name: "Open in AWS" })
    expect(link.getAttribute("href")).toContain("param_ExternalId=pd-orders-7f3a5c91c2")
  })

  test("shows the Terraform block", async () => {
    serveConnecting()
    const { user, ways } = await begin()
    await user.click(within(ways).getByText("Show block"))
    expect(ways).toHaveTextContent('resource "aws_iam_role" "peering_desk_read"')
    expect(ways).toHaveTextContent('values = ["pd-orders-7f3a5c91c2"]')
  })

  test("checks a pasted ARN, and ends when the role works", async () => {
    const sent = serveConnecting()
    const { user, ways } = await begin()
    await user.type(within(ways).getByLabelText("ARN"), "peering-desk-read")
    await user.click(within(ways).getByRole("button", { name: "Check role" }))
    expect(ways).toHaveTextContent("Paste the ARN of a role, as in arn:aws:iam::123456789012:role/")
    expect(sent.named).toEqual([])
    const roleArn = "arn:aws:iam::482913570264:role/peering-desk-read"
    await user.clear(within(ways).getByLabelText("ARN"))
    await user.type(within(ways).getByLabelText("ARN"), ` \u200e${roleArn}\u200b `)
    await user.click(within(ways).getByRole("button", { name: "Check role" }))
    await panel()
    expect(sent.named).toEqual([{ roleArn }])
    expect(await cardOf("orders")).toHaveTextContent("All 9 rights present")
    expect(screen.getByText("orders is connected")).toBeInTheDocument()
  })

  test("shows why a pasted role can't be used, and stays", async () => {
    serveConnecting("AccessDenied on sts:AssumeRole.")
    const { user, ways } = await begin()
    await user.type(within(ways).getByLabelText("ARN"), "arn:aws:iam::482913570264:role/peering-desk-read")
    await user.click(within(ways).getByRole("button", { name: "Check role" }))
    expect(await within(ways).findByRole("alert")).toHaveTextContent("AccessDenied on sts:AssumeRole.")
  })

  test("says what the operator does while the server has no identity in AWS", async () => {
    serveConnecting(null, { principal: null })
    const { ways } = await begin()
    expect(ways).toHaveTextContent("This server has no identity in AWS")
    expect(within(ways).queryByRole("button", { name: "Download template" })).toBeNull()
  })
})

describe("the page of cloud accounts", () => {
  test("says what it is for, what it reads and how to revoke while nothing is connected", async () => {
    serve([])
    openApp(pagePaths.cloudAccounts())
    expect(await screen.findByText("No accounts connected yet")).toBeVisible()
    expect(screen.getByText(/It can't change anything. To revoke, delete the role in AWS/)).toBeVisible()
    expect(screen.getByText(/Google Cloud and Azure: run the look-up script/)).toBeVisible()
    expect(screen.getByText(/at most 10 calls a minute, one reading every 15 minutes/)).toBeVisible()
  })

  test("shows places while it loads", async () => {
    mockBff.use(silent(cloudUrls.cloudAccounts()))
    openApp(pagePaths.cloudAccounts())
    expect(await screen.findByText("Loading accounts")).toBeInTheDocument()
  })

  test("shows a failed read with a way to try again", async () => {
    mockBff.use(refuse(cloudUrls.cloudAccounts(), "internal_error", { status: 500 }))
    const { user } = openApp(pagePaths.cloudAccounts())
    const again = await screen.findByRole("button", { name: "Try again" })
    serve([makeAccount("orders")])
    await user.click(again)
    expect(await cardOf("orders")).toBeVisible()
  })

  test("is for administrators, and says whom others ask", async () => {
    mockBff.use(
      answer(apiUrls.session(), makeSession(inOneProject("requester"))),
      refuse(cloudUrls.cloudAccounts(), "forbidden", { status: 403 }),
    )
    openApp(pagePaths.cloudAccounts())
    expect(await screen.findByText("Only administrators can connect cloud accounts")).toBeVisible()
    expect(screen.getByText(/ask the platform team/)).toBeVisible()
    expect(screen.queryByRole("link", { name: "Cloud accounts" })).toBeNull()
  })

  test("offers an administrator of one project that project alone", async () => {
    mockBff.use(answer(apiUrls.session(), makeSession(inOneProject("administrator"))))
    serve([])
    openApp(pagePaths.cloudAccounts())
    await waitFor(() => expect(screen.getByLabelText("Project")).toHaveValue(projectId))
    expect(screen.getByRole("link", { name: "Cloud accounts" })).toBeVisible()
  })

  test("lists what needs an act first, and finds one of 500 by name, account or project", async () => {
    const many = Array.from({ length: 498 }, (_, at) =>
      makeAccount(`team-${at}`, { account: String(100_000_000_000 + at) }),
    )
    serve([...many, makeAccount("zoo", { state: "refused", problem: "AccessDenied" }), makeWaiting("young")])
    const { user } = openApp(pagePaths.cloudAccounts())
    await cardOf("team-0")
    expect(screen.getAllByRole("heading", { level: 2 })[0]).toHaveTextContent("zoo")
    await user.type(screen.getByRole("searchbox"), "1000 0000 0321")
    expect(await cardOf("team-321")).toBeVisible()
    expect(screen.queryByRole("region", { name: "zoo" })).toBeNull()
  })
})
