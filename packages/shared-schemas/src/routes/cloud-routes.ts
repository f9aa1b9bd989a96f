import type { RouteTable } from "./route.ts"

const accounts = "/api/cloud-accounts"
const account = `${accounts}/:accountId` as const

/**
 * The part of the route table about reading roles in AWS. A handler checks who administers the account's project. Only pages that load on
 * demand call them.
 */
export const cloudRoutes = {
  cloudAccounts: {
    path: accounts,
    get: {
      access: "signed-in",
      summary: "AWS accounts that are read, of the projects that you administer",
      answer: "CloudAccountList",
    },
    post: {
      access: "signed-in",
      personOnly: true,
      summary:
        "Begin to connect an AWS account for a project that you administer; the answer has its external ID",
      status: 201,
      body: "BeginCloudAccount",
      answer: "CloudAccount",
    },
  },
  cloudAccount: {
    path: account,
    delete: {
      access: "signed-in",
      personOnly: true,
      summary: "Disconnect an AWS account; what was read through it is deleted",
      status: 204,
    },
  },
  cloudRole: {
    path: `${account}/role`,
    put: {
      access: "signed-in",
      personOnly: true,
      summary: "Name the role of an AWS account, and check it",
      body: "NameCloudRole",
      answer: "CloudAccount",
    },
  },
  checkCloudAccount: {
    path: `${account}/check`,
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Check the role of an AWS account now",
      answer: "CloudAccount",
    },
  },
  networks: {
    path: "/api/projects/:projectId/networks",
    get: {
      access: "viewer",
      summary: "Networks that roles read in the project's AWS accounts, without routes and rules",
      answer: "NetworkList",
    },
  },
} as const satisfies RouteTable
