import { getProblem } from "#api/request-error.ts"
import { PageHeader } from "#ui/PageHeader.tsx"
import styles from "./hand-off.module.css"

const words = {
  hand_off_invalid: {
    title: "This link is incomplete",
    says: "Part of the address is missing or changed. Copy the whole link from the message again. If that does not help, ask the sender for a new link.",
  },
  hand_off_expired: {
    title: "This link has expired",
    says: "Links are valid for a limited time. Ask the sender for a new one.",
  },
  hand_off_revoked: {
    title: "This link was revoked",
    says: "Ask the sender whether you still have something to do.",
  },
} as const

/** Says why a link shows nothing, and what to do. */
export function BrokenLink({ error, code }: { error?: unknown; code?: keyof typeof words }) {
  const { title, says } = words[code ?? toCode(error)]
  return (
    <div className="edge on-card wrap rounded-16 shadow">
      <div className={styles.part}>
        <PageHeader title={title} />
        <p role="alert">{says}</p>
        <p className="quiet small">A link that does not work shows nothing about the connection.</p>
      </div>
    </div>
  )
}

function toCode(error: unknown): keyof typeof words {
  const code = getProblem(error)?.code
  return code === "hand_off_expired" || code === "hand_off_revoked" ? code : "hand_off_invalid"
}
