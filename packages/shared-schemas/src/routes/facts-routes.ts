import { lookUpKb, type RouteTable } from "./route.ts"

const peering = "/api/projects/:projectId/peerings/:peeringId"

/** The routes about a connection's network in its cloud. A part of `project-routes.ts`. */
export const factsRoutes = {
  peeringFacts: {
    path: `${peering}/facts`,
    get: {
      access: "viewer",
      summary:
        "What is known of the network in its cloud; with viewing=true it is read first where that is due",
      query: "FactsQuery",
      answer: "KnownFacts",
    },
    post: {
      access: "requester",
      summary: "Paste the output of a look-up of the network",
      body: "PasteFacts",
      bodyKb: lookUpKb,
      answer: "KnownFacts",
    },
  },
  acceptFacts: {
    path: `${peering}/facts/accept`,
    post: {
      access: "requester",
      summary: "Accept what the holder of a share link pasted",
      answer: "KnownFacts",
    },
  },
  readFacts: {
    path: `${peering}/facts/read`,
    post: {
      access: "requester",
      summary: "Read the network through the role of its connected AWS account now, at most once in 3 s",
      answer: "KnownFacts",
    },
  },
} as const satisfies RouteTable
