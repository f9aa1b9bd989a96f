/** AWS regions in which Atlas runs, as Atlas writes them in containers, with the place people know them by. */
export const awsRegions: Readonly<Record<string, string>> = {
  US_EAST_1: "N. Virginia",
  US_EAST_2: "Ohio",
  US_WEST_1: "N. California",
  US_WEST_2: "Oregon",
  CA_CENTRAL_1: "Montreal",
  CA_WEST_1: "Calgary",
  MX_CENTRAL_1: "Mexico",
  SA_EAST_1: "São Paulo",
  EU_NORTH_1: "Stockholm",
  EU_WEST_1: "Ireland",
  EU_WEST_2: "London",
  EU_WEST_3: "Paris",
  EU_CENTRAL_1: "Frankfurt",
  EU_CENTRAL_2: "Zurich",
  EU_SOUTH_1: "Milan",
  EU_SOUTH_2: "Spain",
  AP_EAST_1: "Hong Kong",
  AP_EAST_2: "Taipei",
  AP_SOUTHEAST_1: "Singapore",
  AP_SOUTHEAST_2: "Sydney",
  AP_SOUTHEAST_3: "Jakarta",
  AP_SOUTHEAST_4: "Melbourne",
  AP_SOUTHEAST_5: "Malaysia",
  AP_SOUTHEAST_6: "New Zealand",
  AP_SOUTHEAST_7: "Thailand",
  AP_NORTHEAST_1: "Tokyo",
  AP_NORTHEAST_2: "Seoul",
  AP_NORTHEAST_3: "Osaka",
  AP_SOUTH_1: "Mumbai",
  AP_SOUTH_2: "Hyderabad",
  ME_CENTRAL_1: "UAE",
  ME_SOUTH_1: "Bahrain",
  AF_SOUTH_1: "Cape Town",
  IL_CENTRAL_1: "Tel Aviv",
  CN_NORTH_1: "Beijing",
  CN_NORTHWEST_1: "Ningxia",
  US_GOV_WEST_1: "GovCloud West",
  US_GOV_EAST_1: "GovCloud East",
}

/** `US_WEST_1` (containers) → `us-west-1` (peerings and AWS itself). */
export function toAwsRegionId(region: string): string {
  return region.toLowerCase().replaceAll("_", "-")
}

/** `us-west-1` → `US_WEST_1`. */
export function toAtlasRegionName(region: string): string {
  return region.toUpperCase().replaceAll("-", "_")
}
