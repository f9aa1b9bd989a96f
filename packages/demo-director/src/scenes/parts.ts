import type { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import type { Act, Person, Target } from "./scene.ts"

type OnAws = typeof sandboxes.ledger | typeof sandboxes.billing

export const formPage = "/projects/{project}/connections/new"
export const connectionPage = "/projects/{project}/connections/{connection}"
const api = "/api/projects/{project}/peerings"

/** The address of the form with values filled in. */
export const linkToForm = (values: Readonly<Record<string, string>>) =>
  `${formPage}?${new URLSearchParams(values).toString()}`

const toIds = ({ awsAccountId, region, vpcId, cidr }: OnAws["network"]) => ({
  awsAccountId,
  accepterRegionName: region,
  vpcId,
  routeTableCidrBlock: cidr,
})

/** The address of the form with a VPC filled in. */
export const linkToVpc = (network: OnAws["network"], more: Readonly<Record<string, string>> = {}) =>
  linkToForm({ provider: "AWS", ...toIds(network), ...more })

export const on = (css: string, text?: string | RegExp): Target => ({
  css,
  ...(text !== undefined && { text }),
})

/** On the page beside, which is the owner's. */
export const beside = (css: string, text?: string): Target => ({ ...on(css, text), isBeside: true })

/** The panel of a stop, below the drawing of the path. */
export const panel = (stop: string, text?: string) => on(`[data-panel="${stop}"]`, text)

/** The path with what is below its drawing, once a stop is proven. */
export const pathWith = (stop: string) =>
  on(`section[data-layout]:has([data-stop="${stop}"][data-state="proven"])`)

/** The path, once it has some words. */
export const path = (text: string) => on("section[data-layout]", text)

/** The title of a page with its line below, once it has some words. */
export const pageTitle = (text: string) => on("main div:has(> div > h1)", text)

export const press = (target: Target): Act => ({ kind: "press", target })
export const fill = (target: Target, value: string): Act => ({ kind: "fill", target, value })

export const chooseNetwork = (name: string) => fill(on("main select", /a VPC|vpc-/), `${name} `)

/** Fills in the name of a connection, and why it is needed. */
export const describe = (name: string, reason: string): Act[] => [
  fill(on('main input[name="displayName"]'), name),
  fill(on('main input[name="reason"]'), reason),
]
/** A scene that begins again puts its project back, and the form's plan may change in the moment of the press. */
export const sendForm: Act = {
  kind: "press",
  target: on('main form button[type="submit"]', /^Create/),
  refusal: on("main form [role=alert]", "has changed since the plan"),
}

/** Has the connected role read the network at a stop that waits for it. */
const checkNow = (stop: string) => press(on(`[data-panel="${stop}"] button`, "Check now"))

/** Asks the product in a person's name, below the connections of the scene's project. */
export const ask = (as: Person, path: string, body: object = {}, keep: Record<string, string> = {}): Act => ({
  kind: "request",
  as,
  method: "POST",
  path: api + path,
  body,
  keep,
})

/** Requests a connection on AWS. */
export const requestOnAws = (
  as: Person,
  { container, network }: OnAws,
  label: string,
  reason: string,
  keep?: Record<string, string>,
) =>
  ask(
    as,
    "",
    { label, reason, request: { providerName: "AWS", containerId: container.id, ...toIds(network) } },
    keep,
  )

/** Names a connection that is there. */
export const nameOfConnection = (label: string): Act => ({
  kind: "request",
  as: "olivia",
  method: "PUT",
  path: `${api}/{connection}/label`,
  body: { label },
})

/** Plays the cloud: its owner, its faults. */
export const world = (path: string, body: object): Act => ({ kind: "world", method: "POST", path, body })

/** The network's owner acts on the newest connection. */
export const ownerActs = (act: "accept" | "create-reciprocal") =>
  world("/cloud-side", { peerId: "{connection}", act })

/** Adds the route to Atlas, whose target is AWS's id of the connection. */
export const addRoute = ({ container, network }: OnAws): Act[] => [
  ask("olivia", "/{connection}/poll", {}, { pcx: "peer.connectionId" }),
  world("/network-acts", { act: "add-route", network: network.vpcId, to: container.cidr, target: "{pcx}" }),
  checkNow("route"),
]
