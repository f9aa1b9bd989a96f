/** What is known of a stop on the path. `later` waits for another stop, `marked` is a person's claim, `planned` and `sent` are acts. */
export type StopState =
  "proven" | "broken" | "waiting" | "in-progress" | "not-checked" | "later" | "marked" | "planned" | "sent"
