import { RequestError } from "#api/request-error.ts"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import styles from "./hand-off.module.css"

const words = {
  hand_off_invalid: {
    title: "This link is not complete",
    says: "Part of the address is missing or was changed on its way. Open it again as it was sent, whole; if that does not help, ask the person who sent it for a new one.",
  },
  hand_off_expired: {
    title: "This link has ended",
    says: "Links are good for a limited time. Ask the person who sent it for a new one.",
  },
  hand_off_revoked: {
    title: "This link was taken back",
    says: "Whoever made it has ended it. Ask the person who sent it whether there is still something to do.",
  },
} as const

/** Says why a link shows nothing, and what to do. */
export function BrokenLink({ error, code }: { error?: unknown; code?: keyof typeof words }) {
  const { title, says } = words[code ?? toCode(error)]
  return (
    <div className={styles.page}>
      <PageHeader title={title} />
      <Notice tone="you" title={says} announce>
        <p>Nothing about the connection is shown without a good link.</p>
      </Notice>
    </div>
  )
}

function toCode(error: unknown): keyof typeof words {
  const code = error instanceof RequestError ? error.problem?.code : undefined
  return code === "hand_off_expired" || code === "hand_off_revoked" ? code : "hand_off_invalid"
}
