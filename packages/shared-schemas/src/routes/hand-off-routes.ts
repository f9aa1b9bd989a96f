import { lookUpKb, type RouteTable } from "./route.ts"

const project = "/api/projects/:projectId"
const links = `${project}/peerings/:peeringId/hand-offs` as const

/** The routes of share links: what their holders do, and who makes and revokes them. A part of `routes.ts`. */
export const handOffRoutes = {
  openHandOff: {
    path: "/api/hand-off",
    get: { access: "link", summary: "What a share link shows (token as bearer)", answer: "HandOffView" },
  },
  reportHandOffDone: {
    path: "/api/hand-off/done",
    post: {
      access: "link",
      summary: "Report a step as done; polls Atlas",
      body: "HandOffDone",
      answer: "HandOffView",
    },
  },
  declineHandOff: {
    path: "/api/hand-off/decline",
    post: {
      access: "link",
      summary: "Decline the request with a reason",
      body: "HandOffDecline",
      answer: "HandOffView",
    },
  },
  takeBackDecline: {
    path: "/api/hand-off/take-back",
    post: {
      access: "link",
      summary: "Take a decline back",
      body: "HandOffDone",
      answer: "HandOffView",
    },
  },
  answerDecline: {
    path: `${project}/peerings/:peeringId/answer`,
    post: {
      access: "requester",
      summary: "Answer the owner's decline, on the share page",
      status: 204,
      body: "AnswerDecline",
    },
  },
  pasteHandOffFacts: {
    path: "/api/hand-off/facts",
    post: {
      access: "link",
      summary: "Paste the output of a look-up of the network; once a minute",
      body: "PasteFacts",
      bodyKb: lookUpKb,
      answer: "HandOffView",
    },
  },
  projectHandOffs: {
    path: `${project}/hand-offs`,
    get: { access: "viewer", summary: "Open share links of a project", answer: "ProjectHandOffList" },
  },
  handOffs: {
    path: links,
    get: { access: "viewer", summary: "Share links of a peering", answer: "HandOffList" },
    post: {
      access: "requester",
      summary: "Create a share link",
      status: 201,
      body: "MakeHandOff",
      answer: "MadeHandOff",
    },
  },
  handOff: {
    path: `${links}/:handOffId`,
    delete: { access: "requester", summary: "Revoke a share link", status: 204 },
  },
} as const satisfies RouteTable
