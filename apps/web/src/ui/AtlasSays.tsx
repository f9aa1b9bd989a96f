import styles from "./AtlasSays.module.css"

/** Atlas's own words, unchanged. */
export function AtlasSays({
  status,
  errorCode,
  detail,
}: {
  status: number
  errorCode: string | null
  detail: string | null
}) {
  return (
    <p className={styles.said}>
      Atlas returned{" "}
      {errorCode === null ? (
        `HTTP ${status}`
      ) : (
        <>
          <code>{errorCode}</code> (HTTP {status})
        </>
      )}
      {detail !== null && `: ${detail}`}
    </p>
  )
}
