import type { Page } from "@playwright/test"
import type { ScreenshotDemo, SimulatedConnection } from "./screenshot-demo.ts"
import { listApprovalShots } from "./screenshot-approval-shots.ts"
import { listCloudShots } from "./screenshot-cloud-shots.ts"
import { listGuardShots } from "./screenshot-guard-shots.ts"
import { listPathShots, makeShareLink, toPath } from "./screenshot-path-shots.ts"
import { listPeopleShots } from "./screenshot-people-shots.ts"
import { listWaitingShots, refuse, searchForNothing, type Shot } from "./screenshot-shot.ts"

const clouds = [
  ["aws", /^AWS/],
  ["gcp", /^(GCP|Google Cloud)/],
  ["azure", /^Azure/],
] as const
const nothing = "000000000000000000000000"
const inAPage = ["AWS PENDING_ACCEPTANCE", "GCP WAITING_FOR_USER", "AZURE AVAILABLE"]

/** Lists every page and state of the demo. */
export function listShots(demo: ScreenshotDemo): Shot[] {
  const { fullProject, emptyProject, bareProject, connections } = demo
  const list = `/projects/${fullProject}/connections`
  const create = `/projects/${emptyProject}/connections/new`
  return [
    { name: "overview", path: "/", docs: "overview-light" },
    ...listWaitingShots("overview", "/"),
    { name: "connections", path: "/connections", isPrinted: true },
    { name: "connections-filtered-empty", path: "/connections", reach: searchForNothing },
    ...listWaitingShots("connections", "/connections"),
    { name: "project-connections", path: list, isPrinted: true },
    { name: "project-connections-filtered-empty", path: list, reach: searchForNothing },
    { name: "project-connections-empty", path: `/projects/${emptyProject}/connections` },
    { name: "project-connections-error", path: list, before: refuse },
    { name: "project-connections-unknown", path: `/projects/${nothing}/connections` },
    ...connections.flatMap(listConnectionShots),
    { name: "connection-unknown", path: `${list}/${nothing}` },
    ...clouds.flatMap(([cloud, title]) => listCreateShots(cloud, title, create)),
    { name: "create-without-container", path: `/projects/${bareProject}/connections/new` },
    { name: "containers", path: `/projects/${fullProject}/containers` },
    { name: "containers-empty", path: `/projects/${bareProject}/containers` },
    { name: "settings", path: `/projects/${fullProject}/settings` },
    { name: "address-space", path: "/address-space" },
    { name: "address-space-blocks", path: "/address-space/blocks" },
    { name: "address-space-coverage", path: "/address-space/coverage" },
    ...listGuardShots(),
    ...listApprovalShots(),
    ...listPeopleShots(),
    ...listCloudShots(fullProject),
    { name: "notifications", path: "/notifications" },
    ...listWaitingShots("notifications", "/notifications"),
    { name: "notifications-email", path: "/notifications/email" },
    { name: "notifications-routes", path: "/notifications/routes" },
    { name: "notifications-route-new", path: "/notifications/routes", reach: openRouteForm },
    { name: "notifications-messages", path: "/notifications/messages" },
    { name: "notifications-forbidden", path: "/notifications/routes", person: "Victor Lund" },
    { name: "demo-scene", path: "/?scene=aws", isAlone: true },
    { name: "palette", path: list, reach: openPalette },
    { name: "shortcuts", path: list, reach: (page) => page.keyboard.press("?") },
    { name: "account-menu", path: list, reach: (page) => openAccountMenu(page) },
    { name: "about", path: list, reach: openAbout },
    { name: "not-found", path: "/nowhere" },
    { name: "read-only-create", path: create, person: "Victor Lund" },
    { name: "read-only-connection", path: toPath(connections[0]), person: "Victor Lund" },
    { name: "no-access", path: "/", person: "Greta Silva" },
    { name: "sign-in", path: "/", person: null },
    { name: "sign-in-return", path: list, person: null },
    { name: "session-ended", path: list, isAlone: true, reach: loseSession },
    { name: "signed-out", path: list, isAlone: true, reach: signOut },
    { name: "share-invalid", path: "/hand-off#nothing", person: null },
    ...connections.filter(isOpen).map((connection) => ({
      name: `share-${toName(connection)}`,
      path: (page: Page) => makeShareLink(page, demo.url, connection),
    })),
    ...listPathShots(demo),
  ]
}

function listConnectionShots(connection: SimulatedConnection): Shot[] {
  const path = toPath(connection)
  const name = `connection-${toName(connection)}`
  const setup: Shot = {
    name,
    path,
    ...(name === "connection-aws-pending-acceptance" && { docs: "connection-light" }),
  }
  if (!inAPage.includes(`${connection.providerName} ${connection.status}`)) return [setup]
  return [
    setup,
    { name: `${name}-activity`, path: `${path}/activity` },
    { name: `${name}-code`, path: `${path}/code` },
  ]
}

function listCreateShots(cloud: string, title: RegExp, path: string): Shot[] {
  const choose = (page: Page) => page.getByRole("tab", { name: title }).click()
  const fill = async (page: Page) => {
    await choose(page)
    await page.getByRole("button", { name: /sample values/i }).click()
    await page
      .getByRole("region", { name: "Plan and checks" })
      .getByText(/problems?\b/)
      .first()
      .waitFor()
  }
  return [
    { name: `create-${cloud}`, path, reach: choose },
    {
      name: `create-${cloud}-errors`,
      path,
      async reach(page) {
        await choose(page)
        await pressCreate(page)
        await page.locator("[aria-invalid=true]").first().waitFor()
      },
    },
    {
      name: `create-${cloud}-filled`,
      path,
      reach: fill,
    },
  ]
}

const pressCreate = (page: Page) =>
  page
    .getByRole("button", { name: /^(create|request) (the )?connection/i })
    .first()
    .click()

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k")
  await page.getByRole("dialog").waitFor()
  await page.keyboard.type("pay")
}

async function openRouteForm(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add route" }).click()
  await page.getByRole("dialog").waitFor()
}

const openAccountMenu = (page: Page) => page.getByRole("button", { name: /Olivia/ }).click()

async function openAbout(page: Page): Promise<void> {
  await openAccountMenu(page)
  await page.getByRole("button", { name: "About Peering Desk" }).click()
  await page.getByRole("dialog").waitFor()
}

async function signOut(page: Page): Promise<void> {
  await openAccountMenu(page)
  await page.getByText("Sign out", { exact: true }).click()
  await page.getByText("You're signed out").waitFor()
}

async function loseSession(page: Page): Promise<void> {
  await page.context().clearCookies()
  await page.getByRole("link", { name: "Settings" }).first().click()
  await page.getByText("Your session ended").waitFor()
}

/** True for a connection that its network's owner can still do something about. */
const isOpen = ({ status }: SimulatedConnection) =>
  ["PENDING_ACCEPTANCE", "WAITING_FOR_USER", "AVAILABLE"].includes(status)

const toName = ({ providerName, status }: SimulatedConnection) =>
  `${providerName}-${status}`.toLowerCase().replaceAll("_", "-")
