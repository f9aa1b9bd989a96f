import type { Act, Person, Target } from "./scene.ts"

export const formPage = "/projects/{project}/connections/new"
export const connectionPage = "/projects/{project}/connections/{connection}"

/** The address of the form with values filled in. */
export function linkToForm(values: Readonly<Record<string, string>>): string {
  return `${formPage}?${new URLSearchParams(values).toString()}`
}

/** The panel of a stop, below the drawing of the path. */
export const panel = (stop: string, text?: string | RegExp): Target => ({
  css: `[data-panel="${stop}"]`,
  ...(text !== undefined && { text }),
})

/** The sentence about a stop, without the command beside it. */
export const sentence = (stop: string, text: string): Target => ({ css: `[data-panel="${stop}"] h3`, text })

/** A stop in the drawing of the path, once it is in a state. */
export const stop = (id: string, state: string): Target => ({
  css: `[data-stop="${id}"][data-state="${state}"]`,
})

/** The title of a page with its line below, once it has some words. */
export const pageTitle = (text: string): Target => ({ css: "main div:has(> div > h1)", text })

/** Names a connection that is there. */
export const nameOfConnection = (label: string, as: Person = "olivia"): Act => ({
  kind: "request",
  as,
  method: "PUT",
  path: "/api/projects/{project}/peerings/{connection}/label",
  body: { label },
})

/** The path with what is below its drawing, once a stop is in a state. */
export const pathWith = (stop: string, state: string): Target => ({
  css: `section[data-layout]:has([data-stop="${stop}"][data-state="${state}"])`,
})

/** The drawing of the path, once it has some words. */
export const path = (text: string | RegExp): Target => ({ css: "section[data-layout]", text })

export const verdict = (text: string | RegExp): Target => ({ css: "#verdict", text })

export const chooseNetwork = (name: string): Act => ({
  kind: "choose",
  target: { css: "main select", text: /a VPC|vpc-/ },
  option: new RegExp(`^${name} `),
})

export const nameConnection = (value: string): Act => ({
  kind: "fill",
  target: { css: 'main input[name="displayName"]' },
  value,
})

export const giveReason = (value: string): Act => ({
  kind: "fill",
  target: { css: 'main input[name="reason"]' },
  value,
})

export const sendForm: Act = {
  kind: "press",
  target: { css: 'main form button[type="submit"]', text: /^Create/ },
}

/** The network's owner acts on the newest connection. */
export const ownerActs = (act: "accept" | "create-reciprocal"): Act => ({
  kind: "world",
  method: "POST",
  path: "/cloud-side",
  body: { peerId: "{connection}", act },
})

/** Learns AWS's id of the connection, which routes have as their target. */
export const learnPeeringId: Act = {
  kind: "request",
  as: "olivia",
  method: "POST",
  path: "/api/projects/{project}/peerings/{connection}/poll",
  keep: { pcx: "peer.connectionId" },
}

export const addRoute = (vpcId: string, to: string): Act => ({
  kind: "world",
  method: "POST",
  path: "/network-acts",
  body: { act: "add-route", network: vpcId, to, target: "{pcx}" },
})

/** Has the connected role read the network, as the server does by itself after a while. */
export const readNetwork: Act = {
  kind: "request",
  as: "olivia",
  method: "POST",
  path: "/api/projects/{project}/peerings/{connection}/facts/read",
}

/** Has the connected role read the network at a stop that waits for it. */
export const checkNow = (stop: string): Act => ({
  kind: "press",
  target: { css: `[data-panel="${stop}"] button`, text: "Check now" },
})
