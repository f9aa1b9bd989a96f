import type { ReactNode } from "react"

/** Labels and their values, one a line. */
export function DescriptionList({ children }: { children: ReactNode }) {
  return <dl className="grid gap-6 gap-x-16">{children}</dl>
}

/** One labelled value. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="baseline split narrow high-24 gap-0 gap-x-16">
      <dt className="faint">{label}</dt>
      <dd className="narrow wrap">{children}</dd>
    </div>
  )
}
