/** The result of one check. `unchecked` is never good: nobody knows. */
export interface Finding {
  about: "configuration" | "identity provider" | "Atlas" | "database" | "clock" | "mail server" | "sign-in"
  is: "good" | "warning" | "bad" | "unchecked"
  /** One sentence without a secret. */
  says: string
  /** The next step; only for what is not good. */
  fix?: string
}

type About = Finding["about"]

export const good = (about: About, says: string): Finding => ({ about, is: "good", says })
export const bad = (about: About, says: string, fix: string): Finding => ({ about, is: "bad", says, fix })
export const unchecked = (about: About, says: string, fix: string): Finding => ({
  about,
  is: "unchecked",
  says,
  fix,
})

const marks = { good: "ok  ", warning: "WARN", bad: "BAD ", unchecked: "?   " } as const

/** Formats findings as lines for a terminal. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ about, is, says, fix }) => {
      const line = `${marks[is]} ${about}: ${says}`
      return fix === undefined ? line : `${line}\n     fix: ${fix}`
    })
    .join("\n")
}

/** Returns the exit status: 0 when nothing is bad. */
export function toExitStatus(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ is }) => is === "bad") ? 1 : 0
}
