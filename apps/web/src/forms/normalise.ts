export { normaliseField } from "@peering-desk/peering-rules"
