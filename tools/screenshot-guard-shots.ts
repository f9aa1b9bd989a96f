import type { Page } from "@playwright/test"
import {
  apiUrls,
  type ApiToken,
  type ApiTokenList,
  type AuditVerification,
  type KeyHealthReport,
  type KeyReport,
} from "@peering-desk/shared-schemas"
import { acknowledged, flawed, unjudged } from "./screenshot-audit-states.ts"
import { answer, inDays, listWaitingShots, searchForNothing, type Shot } from "./screenshot-shot.ts"

const reader = "Victor Lund"

const answersVerification = (verification: AuditVerification) => ({
  before: answer(apiUrls.verifyAudit(), verification),
  reach: verify,
})
const withOwnTokens = () => ({ before: answer(apiUrls.apiTokens(), ownTokens) })

/** Lists the pages of the audit log, of keys, tokens and sessions, in states to which some come only by a mishap. */
export function listGuardShots(): Shot[] {
  return [
    { name: "audit", path: "/audit", isPrinted: true },
    ...listWaitingShots("audit", "/audit"),
    { name: "audit-filtered-empty", path: "/audit", reach: searchForNothing },
    { name: "audit-verified", path: "/audit", reach: verify },
    { name: "audit-flawed", path: "/audit", ...answersVerification(flawed) },
    { name: "audit-flaw-acknowledged", path: "/audit", ...answersVerification(acknowledged) },
    { name: "audit-not-judged", path: "/audit", ...answersVerification(unjudged) },
    { name: "audit-signing-keys", path: "/audit", reach: openSigningKeys },
    { name: "audit-rotate", path: "/audit", reach: rotateKey },
    { name: "audit-forbidden", path: "/audit", person: reader },
    { name: "auditor", path: "/audit", person: "Sam Okafor" },
    { name: "audit-entry", path: "/audit/1" },
    { name: "audit-entry-unknown", path: "/audit/999999" },
    { name: "keys", path: "/keys" },
    ...listWaitingShots("keys", "/keys"),
    { name: "keys-problems", path: "/keys", before: answer(apiUrls.keys(), keysWithProblems) },
    { name: "keys-forbidden", path: "/keys", person: reader },
    { name: "sessions", path: "/sessions" },
    { name: "sessions-everybody", path: "/sessions?whose=everybody" },
    ...listWaitingShots("sessions", "/sessions"),
    { name: "tokens", path: "/tokens", ...withOwnTokens() },
    {
      name: "tokens-everybody",
      path: "/tokens?whose=everybody",
      before: answer(apiUrls.apiTokens(), tokens),
    },
    { name: "tokens-empty", path: "/tokens" },
    ...listWaitingShots("tokens", "/tokens"),
    { name: "tokens-forbidden", path: "/tokens", person: reader },
    { name: "tokens-new", path: "/tokens", reach: openNewToken },
    { name: "tokens-new-errors", path: "/tokens", reach: createNamelessToken },
    { name: "tokens-created", path: "/tokens", reach: createToken },
    {
      name: "tokens-revoke",
      path: "/tokens",
      ...withOwnTokens(),
      reach: (page) => page.getByRole("button", { name: "Revoke token deploy" }).click(),
    },
  ]
}

async function verify(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Verify integrity" }).click()
  await page
    .getByText(/^Verified|^Not verified|^Integrity check failed/)
    .first()
    .waitFor()
}

async function openSigningKeys(page: Page): Promise<void> {
  await page.getByText("Signing keys", { exact: true }).click()
  await page.getByText("Current key").waitFor()
}

async function rotateKey(page: Page): Promise<void> {
  await openSigningKeys(page)
  await page.getByRole("button", { name: "Rotate key" }).click()
}

const openNewToken = (page: Page) => page.getByRole("button", { name: "New token" }).click()

async function createNamelessToken(page: Page): Promise<void> {
  await openNewToken(page)
  await page.getByRole("button", { name: "Create token" }).click()
}

async function createToken(page: Page): Promise<void> {
  await openNewToken(page)
  await page.getByLabel("Name", { exact: true }).fill("nightly report")
  await page.getByRole("checkbox").first().check()
  await page.getByRole("button", { name: "Create token" }).click()
  await page.getByText("You won't see it again").waitFor()
}

const payments = "64b1f0a27c3d5e4f8a9b0c1d"
const olivia = { issuer: "x", subject: "olivia", name: "Olivia Marsh", email: "olivia@example.com" }
const nadia = { issuer: "x", subject: "nadia", name: "Nadia Brandt", email: "nadia@example.com" }

function toToken(name: string, state: ApiToken["state"], other: Partial<ApiToken> = {}): ApiToken {
  return {
    id: `token-${name}`,
    name,
    owner: olivia,
    projects: [payments],
    role: "requester",
    state,
    createdAt: inDays(-60),
    expiresAt: inDays(30),
    lastUsedAt: inDays(-0.01),
    lastUsedFrom: "192.0.2.44",
    revokedAt: null,
    revokedBy: null,
    ownerConfirmedAt: inDays(-1),
    ...other,
  }
}

const tokens: ApiTokenList = {
  defaultDays: 90,
  mostDays: 365,
  ownerDays: 30,
  tokens: [
    toToken("deploy", "active"),
    toToken("inventory export to the data warehouse, every night", "active", {
      projects: "*",
      role: "viewer",
      lastUsedFrom: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    }),
    toToken("terraform", "active", { role: "administrator", lastUsedAt: null, lastUsedFrom: null }),
    toToken("chargeback report", "paused", { owner: nadia }),
    toToken("refunds", "unconfirmed", { owner: nadia, ownerConfirmedAt: inDays(-31) }),
    toToken("old pipeline", "no-rights", { owner: nadia }),
    toToken("staging", "unconfirmed", { ownerConfirmedAt: inDays(-31) }),
    toToken("laptop", "revoked", { revokedAt: inDays(-2), revokedBy: "Olivia Marsh" }),
    toToken("trial", "expired", { expiresAt: inDays(-5) }),
  ],
}

const ownTokens = { ...tokens, tokens: tokens.tokens.filter(({ owner }) => owner === olivia) }

function toKey(label: string, other: Partial<KeyReport> = {}): KeyReport {
  return {
    label,
    kind: "service-account",
    maskedId: "mdb_sa_id_66…c51f",
    apiVersion: "2023-01-01",
    serves: [payments],
    roles: [{ roleName: "GROUP_OWNER", projectId: payments, orgId: null }],
    reach: [{ id: payments, name: "payments-prod", keyMayCreate: "yes" }],
    shortcomings: [],
    accessList: ["192.0.2.0/24"],
    accessListSays: "It may be used from 192.0.2.0/24.",
    readsPolicies: "yes",
    problem: null,
    secret: {
      expiresAt: inDays(200),
      lastUsedAt: inDays(0),
      other: null,
      orgId: null,
      replacedId: null,
      warning: null,
      says: null,
    },
    deprecations: [],
    lowestLimit: { resource: "GET /groups/{id}/peers", remaining: 1150, limit: 1200, seenAt: inDays(0) },
    checkedAt: inDays(0),
    ...other,
  }
}

const keysWithProblems: KeyHealthReport = {
  configurationProblem: "ATLAS_CREDENTIALS_FILE: the file must be an object",
  keys: [
    toKey("payments"),
    toKey("analytics", {
      secret: {
        expiresAt: inDays(5),
        lastUsedAt: inDays(0),
        other: { createdAt: inDays(-2), expiresAt: inDays(363), lastUsedAt: null },
        orgId: null,
        replacedId: null,
        warning: "within-7-days",
        says: `The secret of "analytics" expires in 5 days, on ${inDays(5).slice(0, 10)}. A newer one, made on ${inDays(-2).slice(0, 10)}, is not in use here: put it in place of this one.`,
      },
    }),
    toKey("default", {
      kind: "digest",
      maskedId: "ab…wxyz",
      serves: "*",
      secret: null,
      shortcomings: [
        {
          projectId: payments,
          says: '"default" cannot create connections in payments-prod: it has GROUP_READ_ONLY there. Give it the role Project Network Access Manager (GROUP_NETWORK_ACCESS_MANAGER) on that project, or Project Owner (GROUP_OWNER) to create containers too.',
        },
      ],
      reach: [{ id: payments, name: "payments-prod", keyMayCreate: "no" }],
      lowestLimit: null,
    }),
    toKey("elsewhere", {
      roles: null,
      reach: null,
      accessList: null,
      accessListSays: null,
      readsPolicies: "yes",
      secret: null,
      problem: {
        code: "atlas_address_refused",
        means: "Atlas takes the service account, but not from 192.0.2.7.",
        fix: "Add 192.0.2.7/32 to its own API access list.",
        addressSeen: "192.0.2.7",
        atlas: { status: 403, errorCode: "IP_ADDRESS_NOT_ON_ACCESS_LIST", detail: "Not on the list." },
      },
    }),
  ],
}
