import { toAddressEvidence, toProjectEvidence, toStateEvidence } from "./explain-evidence.ts"
import type { ExplanationEntry } from "./explanation.ts"

const key = (what: string, todo: string): ExplanationEntry => ({
  what,
  evidence: (subject) => [...toAddressEvidence(subject), ...toProjectEvidence(subject)],
  todo,
  act: "open-keys",
})
const pause: ExplanationEntry = {
  what: "Atlas counts the calls for each project, and for now they are used up.",
  evidence: toProjectEvidence,
  todo: "Nothing was changed. Send it again after the pause; the lists are read again by themselves.",
}

/** Explains the code that Atlas gives for a key it does not accept and for its internal errors. */
const unexpected: ExplanationEntry = {
  what: ({ refusal, mayBeDone }) =>
    refusal.status === 401
      ? "Atlas does not accept this server's API key."
      : mayBeDone
        ? "Atlas had an error of its own, so nobody knows yet whether it was done."
        : "Atlas had an error of its own.",
  evidence: toStateEvidence,
  todo: ({ refusal, mayBeDone }) =>
    refusal.status === 401
      ? "Whoever runs this server looks at the key: it may be revoked, or its private half mistyped."
      : mayBeDone
        ? "Look at what Atlas has now before you ask again: it is not sent twice by itself."
        : "Try again in a minute. If it stays, the status page of MongoDB Atlas may say more.",
  act: ({ refusal }) => (refusal.status === 401 ? { kind: "open-keys" } : null),
}

/** Explanations of errorCodes about the project, this server's key and the API itself. */
export const projectExplanations = {
  UNEXPECTED_ERROR: unexpected,
  USER_UNAUTHORIZED: key(
    "This server's API key lacks the role for this.",
    "Whoever runs this server gives it Project Owner in this project, or Project Network Access Manager where that exists.",
  ),
  NOT_IN_GROUP: key(
    "This server's API key does not belong to the project, or the project is gone.",
    "Whoever runs this server adds the key to the project in Atlas, as Project Owner.",
  ),
  IP_ADDRESS_NOT_ON_ACCESS_LIST: key(
    "Atlas does not accept this server's address for its API key.",
    "Whoever runs this server adds the address to the list of the API key itself, in the organization's Access Manager: not to the project's list.",
  ),
  ORG_REQUIRES_ACCESS_LIST: key(
    "The organization wants every API key to have a list of addresses, and this one has none.",
    "Whoever runs this server adds its address to the list of the API key.",
  ),
  RESOURCE_REQUIRES_ACCESS_LIST: key(
    "Atlas lets this be asked only with an API key that has a list of addresses.",
    "Whoever runs this server adds its address to the list of the API key.",
  ),
  ACCESS_FORBIDDEN: key(
    "Atlas does not allow this to this server's API key.",
    "Whoever runs this server looks at the key's roles and at its list of addresses.",
  ),
  NO_PAYMENT_INFORMATION_FOUND: {
    what: "The project has no payment method, and Atlas wants one for this.",
    evidence: toProjectEvidence,
    todo: "Somebody with the billing role adds one in Atlas.",
  },
  ACCOUNT_SUSPENDED: {
    what: "Atlas has suspended the account because of an unpaid invoice.",
    evidence: toProjectEvidence,
    todo: "Somebody with the billing role settles it in Atlas.",
  },
  GROUP_NOT_FOUND: {
    what: "Atlas has no such project, or this server's key does not see it.",
    evidence: toProjectEvidence,
    todo: "Choose another project, or have the key added to this one.",
    act: "choose-project",
  },
  INVALID_GROUP_ID: {
    what: "Atlas does not take the project's id.",
    evidence: toProjectEvidence,
    todo: "Choose the project from the list.",
    act: "choose-project",
  },
  NOT_ATLAS_GROUP: {
    what: "The project is not one of Atlas; it may be of Cloud Manager.",
    evidence: toProjectEvidence,
    todo: "Choose another project.",
    act: "choose-project",
  },
  RESOURCE_NOT_FOUND: {
    what: "Atlas has nothing at the address that was asked.",
    todo: "Whoever runs this server looks at ATLAS_BASE_URL and ATLAS_API_VERSION: this Atlas may speak another version of the API.",
  },
  WRITES_NOT_ALLOWED_DURING_APP_UPGRADES: {
    what: "Atlas is being upgraded and takes no changes.",
    todo: "Send it again in some minutes. Nothing was changed.",
  },
  RATE_LIMITED: pause,
  RATE_LIMITED_TOKEN_BUCKET: pause,
  INVALID_VERSION_DATE: {
    what: "Atlas does not know the version of its API that this server speaks.",
    todo: "Whoever runs this server looks at ATLAS_API_VERSION.",
  },
  VERSION_GONE: {
    what: "Atlas no longer answers the version of its API that this server speaks.",
    todo: "Whoever runs this server brings it up to date and looks at ATLAS_API_VERSION.",
  },
} satisfies Record<string, ExplanationEntry>
