import { awaitOwner, fillIn, type Scene } from "./scene.ts"

export const lostAnswerScene: Scene = {
  id: "lost-answer",
  title: "An answer is lost, and found again",
  cloud: "AWS",
  steps: [
    {
      ...fillIn,
      caption:
        "The form is filled in. Next sends it, and Atlas stops answering right after it got the request.",
      acts: [
        { kind: "faults", faults: "answers-lost" },
        { kind: "press", button: "create" },
      ],
    },
    {
      title: "Sent, but the answer was lost",
      caption:
        "Was it created? Sending it again could make two. The server looks for the connection instead, and never sends twice.",
      waitFor: { ended: "outcome_unknown" },
      acts: [
        { kind: "faults", faults: null },
        { kind: "press", button: "check-again" },
      ],
    },
    {
      title: "Found again",
      caption: "Atlas answers again, and the connection is there: once, under the request that made it.",
      waitFor: { status: "PENDING_ACCEPTANCE" },
      goTo: "connection",
    },
  ],
}

export const rateLimitScene: Scene = {
  id: "rate-limit",
  title: "Atlas's rate limit is met",
  cloud: "AWS",
  steps: [
    {
      title: "Fresh from Atlas",
      caption:
        "This list follows Atlas by itself. Next lets other programs on the same key use up Atlas's limit.",
      goTo: "connections",
      acts: [{ kind: "faults", faults: "rate-limit" }],
    },
    {
      title: "Told to wait",
      caption:
        "The page says since when the list is old, and when the next try is. The server waits as Atlas asked.",
      waitFor: { poll: "atlas_rate_limited" },
      goTo: "connections",
      acts: [{ kind: "faults", faults: null }],
    },
    {
      title: "Fresh again",
      caption: "The pause is over, and the list caught up. Nobody had to do anything.",
      waitFor: { poll: "works" },
      goTo: "connections",
    },
  ],
}

export const auditScene: Scene = {
  id: "audit",
  title: "An auditor checks the log",
  cloud: "AWS",
  forAuditors: true,
  steps: [
    fillIn,
    awaitOwner("The request is out. How would somebody prove next year who made it, and why?", []),
    {
      title: "One act, one row",
      caption: "The audit log has who, when, what and why. Sam, the auditor, sees this log and nothing else.",
      goTo: "audit",
    },
    {
      title: "Before and after",
      caption:
        "The attempt was written before the request left, the outcome when Atlas answered. Each entry has the hash of the one before.",
      waitFor: { audit: "listed" },
      goTo: "audit-entry",
    },
    {
      title: "Is anything missing?",
      caption:
        "Next presses Verify integrity: the server computes every hash again, and checks the signed end.",
      goTo: "audit",
      acts: [{ kind: "press", button: "verify" }],
    },
    {
      title: "Proven",
      caption:
        "No entry was changed, and none is missing. The checkpoint below proves the same to others, later.",
      waitFor: { audit: "verified" },
      isForgotten: true,
    },
  ],
}
