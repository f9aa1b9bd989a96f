import { useQuery } from "@tanstack/react-query"
import { installationQuery } from "#api/installation.ts"
import styles from "./Footer.module.css"

/** What this installation speaks to, so that nobody mistakes a rehearsal for the real thing. */
export function Footer() {
  const { data } = useQuery(installationQuery())
  return (
    <footer className={styles.footer}>
      {data !== undefined && (
        <p>
          {data.realAtlas ? "MongoDB Atlas at " : "Simulated Atlas at "}
          <code>{data.atlasHost}</code>, API {data.atlasApiVersion}
        </p>
      )}
    </footer>
  )
}
