import type { ReactNode } from "react"
import { pagePaths } from "#shared/page-paths.ts"
import { RouteTabs } from "#shared/RouteTabs.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"

const tabs = [
  { name: "map", title: "Map", href: pagePaths.addressSpace() },
  { name: "table", title: "Table", href: pagePaths.addressBlocks() },
  { name: "coverage", title: "Coverage", href: pagePaths.addressCoverage() },
] as const

/** The header and the tabs of the three address space pages. */
export function AddressSpaceFrame({
  tab,
  below,
  actions,
  children,
}: {
  tab: (typeof tabs)[number]["name"]
  below: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <>
      <PageHeader title="Address space" crumbs={["All projects"]} actions={actions}>
        {below}
      </PageHeader>
      <RouteTabs
        label="Views of the address space"
        tabs={tabs.map(({ name, title, href }) => ({ title, href, isCurrent: name === tab }))}
      />
      {children}
    </>
  )
}
