/** A word or phrase that the project avoids, and what to write there. */
export interface AvoidedWord {
  pattern: RegExp
  instead: string
}

/** Archaic phrases. Comments may have 0.5 of them in 1,000 words; docs and UI copy none. */
export const archaicPatterns: AvoidedWord[] = [
  { pattern: /\b(is|are) told\b/gi, instead: "name who does it: gets, receives, shows" },
  { pattern: /\bstands\b/gi, instead: "is, means" },
  { pattern: /\b(whoever|whatever)\b/gi, instead: "anyone who, any" },
  { pattern: /\b(is|are) none\b/gi, instead: "there is no, has no" },
  { pattern: /\bof (its|their) own\b/gi, instead: "its own, separate" },
  { pattern: /\banew\b/gi, instead: "again" },
  { pattern: /\bthose that\b/gi, instead: "the … that" },
  { pattern: /\bmeets\b/gi, instead: "overlaps, matches, reaches" },
]

/** Words that only this project used for something with a common name. Docs and UI copy have none. */
export const homeMadeWords: AvoidedWord[] = [
  {
    pattern: /\b(a|an|the|one|each|every|last|next|first|previous|another|two|no|this) looks?\b(?!-up)/gi,
    instead: "poll, check",
  },
  { pattern: /\blooked at\b/gi, instead: "polled, checked" },
  { pattern: /\btrails?\b/gi, instead: "audit log" },
  { pattern: /\btombstones?\b/gi, instead: "deleted peering" },
  { pattern: /\bstations?\b/gi, instead: "step" },
  { pattern: /\bmend(s|ed|ing)?\b/gi, instead: "fix" },
  { pattern: /\b(strikes?|struck|striking) out\b/gi, instead: "redact" },
  { pattern: /\bkept (read|list)s?\b/gi, instead: "cached read" },
  { pattern: /\bwaiting lines?\b/gi, instead: "limiter, queue" },
  { pattern: /\bgivens\b/gi, instead: "inputs" },
  { pattern: /\b(whose|your) turn\b/gi, instead: "who acts next, action required" },
  { pattern: /\b(the|its|whole) estate\b/gi, instead: "all connections" },
  { pattern: /\bneeds? a person\b/gi, instead: "needs attention" },
  { pattern: /\b(watched|this|each|one|a) stretch(es)?\b/gi, instead: "poll session, period" },
  { pattern: /\bfillings\b/gi, instead: "prefill" },
  { pattern: /\bshores?\b/gi, instead: "side" },
  { pattern: /\b(story|stories)\b/gi, instead: "scenario" },
  { pattern: /\blapse[sd]?\b/gi, instead: "expire" },
  { pattern: /\bunasked\b/gi, instead: "automatically" },
  { pattern: /\bticked off\b/gi, instead: "done, marked as done" },
  { pattern: /\b(afresh|lest|hitherto|thereof)\b/gi, instead: "modern words" },
]

/** Matches the start of a doc comment that lacks a verb or the name of the thing. */
export const commentOpeners = /^(what|whether|who|how|so that|those|the same)\b/i

/** Matches the start of a test title that cannot be read without its `describe`. */
export const titleOpeners = new RegExp(
  `^(${[
    "about above across after against along among and around as at because before behind below beside between beyond but by",
    "despite during for from how if in inside into near nor of off on onto or outside over per since so than that though",
    "through till to toward towards under unless until upon via what whatever when whenever where wherever whether which",
    "while who whoever whom whose why with within without",
  ]
    .join(" ")
    .replaceAll(" ", "|")})\\s`,
  "i",
)
