import type { Act, Target } from "./scene.ts"

export const formPage = "/projects/{project}/connections/new"
export const connectionPage = "/projects/{project}/connections/{connection}"

/** The address of the form with values filled in. */
export function linkToForm(values: Readonly<Record<string, string>>): string {
  return `${formPage}?${new URLSearchParams(values).toString()}`
}

/** What is to be done at a stop of the path, below its drawing. */
export const panel = (stop: string, text?: string | RegExp): Target => ({
  css: `[data-panel="${stop}"]`,
  ...(text !== undefined && { text }),
})

/** A stop in the drawing of the path, once it is in a state. */
export const stop = (id: string, state: string): Target => ({
  css: `[data-stop="${id}"][data-state="${state}"]`,
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

/** Has the connected role read the network now. */
export const readNetwork = (open: string): Act => ({
  kind: "press",
  target: { css: `[data-panel="${open}"] button`, text: "Check now" },
})
