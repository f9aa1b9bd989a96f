import type { AtlasRefusal } from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import { toAddressEvidence, toProjectEvidence, toStateEvidence } from "./explain-evidence.ts"
import type { ExplanationEntry } from "./explanation.ts"

const key = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: (subject) => [...toAddressEvidence(subject), ...toProjectEvidence(subject)],
  todo,
  act: "open-keys",
})
const pause: ExplanationEntry = {
  what: "Atlas rate limit reached for this project.",
  evidence: toProjectEvidence,
  todo: "Nothing was changed. Try again {pause|in a minute}.",
}

/** Explains the code that Atlas gives for a key it does not accept and for its internal errors. */
const unexpected: ExplanationEntry = {
  what: ({ refusal, mayBeDone }) =>
    refusal.status === 401
      ? "Atlas rejected this server's API key."
      : mayBeDone
        ? "Atlas returned an error, and the result is unknown."
        : "Atlas returned an error.",
  evidence: toStateEvidence,
  todo: ({ refusal, mayBeDone }) =>
    refusal.status === 401
      ? "Your Peering Desk administrator can check the API key. It may be revoked or mistyped."
      : mayBeDone
        ? "Check the current state before you try again. Nothing is sent twice automatically."
        : "Try again {pause|in a minute}. If this continues, check the MongoDB Atlas status page.",
  act: ({ refusal }) => (refusal.status === 401 ? { kind: "open-keys" } : null),
}

function sayForbidden(policies: NonNullable<AtlasRefusal["policies"]>): string {
  const names = policies.map(({ name }) => `"${quote(name)}"`)
  if (names.length === 0) return "A resource policy of the organization forbids this."
  return names.length === 1
    ? `The organization's resource policy ${names.join("")} forbids this.`
    : `The organization's resource policies ${names.join(", ")} forbid this.`
}

/** Explanations of errorCodes about the project, this server's key and the API itself. */
export const projectExplanations = {
  UNEXPECTED_ERROR: unexpected,
  USER_UNAUTHORIZED: key(
    "This server's API key lacks the role for this.",
    "Your Peering Desk administrator can give it Project Network Access Manager for connections and the access list, or Project Owner for containers too.",
  ),
  NOT_IN_GROUP: key(
    "This server's API key has no access to the project, or the project was deleted.",
    "Your Peering Desk administrator can add the API key to the project as Project Network Access Manager, or as Project Owner.",
  ),
  IP_ADDRESS_NOT_ON_ACCESS_LIST: key(
    "This server's address isn't on the API key's access list.",
    "Your Peering Desk administrator can add it to the API key's access list in the organization's Access Manager, not to the project's list.",
  ),
  ORG_REQUIRES_ACCESS_LIST: key(
    "The organization requires an access list for every API key. This one has none.",
    "Your Peering Desk administrator can add this server's address to the API key's access list.",
  ),
  RESOURCE_REQUIRES_ACCESS_LIST: key(
    "Atlas allows this call only where the API key has an access list.",
    "Your Peering Desk administrator can add this server's address to the API key's access list.",
  ),
  ACCESS_FORBIDDEN: key(
    "This server's API key isn't allowed to do this.",
    "Your Peering Desk administrator can check the API key's roles and access list.",
  ),
  ATLAS_RESOURCE_POLICIES_VIOLATION_NOT_AUTHORIZED: {
    what: ({ refusal }) => sayForbidden(refusal.policies ?? []),
    evidence: ({ refusal }) =>
      (refusal.policies ?? []).flatMap(({ name, description }) =>
        description === null ? [] : [`${quote(name)}: ${description.slice(0, 300)}`],
      ),
    todo: "Change it to what the policy allows. The organization's owners can show you their resource policies, and change them.",
  },
  NO_PAYMENT_INFORMATION_FOUND: {
    what: "The project has no payment method.",
    evidence: toProjectEvidence,
    todo: "Ask a billing administrator to add one in Atlas.",
  },
  ACCOUNT_SUSPENDED: {
    what: "The Atlas account is suspended because of an unpaid invoice.",
    evidence: toProjectEvidence,
    todo: "Ask a billing administrator to pay it in Atlas.",
  },
  GROUP_NOT_FOUND: {
    what: "Project not found, or the API key has no access to it.",
    evidence: toProjectEvidence,
    todo: "Choose another project, or have the API key added to this one.",
    act: "choose-project",
  },
  INVALID_GROUP_ID: {
    what: "Invalid project ID.",
    evidence: toProjectEvidence,
    todo: "Choose the project from the list.",
    act: "choose-project",
  },
  NOT_ATLAS_GROUP: {
    what: "This isn't an Atlas project. It may belong to Cloud Manager.",
    evidence: toProjectEvidence,
    todo: "Choose another project.",
    act: "choose-project",
  },
  RESOURCE_NOT_FOUND: {
    what: "Atlas has no such API endpoint.",
    todo: "Your Peering Desk administrator can check ATLAS_BASE_URL, and remove ATLAS_API_VERSION if it is set.",
  },
  WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: {
    what: "Atlas is being upgraded and accepts no changes.",
    todo: "Nothing was changed. Try again {pause|in a few minutes}.",
  },
  RATE_LIMITED: pause,
  RATE_LIMITED_TOKEN_BUCKET: pause,
  INVALID_VERSION_DATE: {
    what: "Atlas doesn't know this server's API version.",
    todo: "Your Peering Desk administrator can remove ATLAS_API_VERSION if it is set.",
  },
  VERSION_GONE: {
    what: "Atlas no longer supports this server's API version.",
    todo: "Your Peering Desk administrator can update the server, and remove ATLAS_API_VERSION if it is set.",
  },
} satisfies Record<string, ExplanationEntry>
