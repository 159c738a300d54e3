/** What a token allows: `operate` includes `read`. */
export const ROLES = ["read", "operate"] as const;
export type Role = (typeof ROLES)[number];
