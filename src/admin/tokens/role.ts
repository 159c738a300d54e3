/** What a token allows. */
export const ROLES = ["read", "operate", "report"] as const;
export type Role = (typeof ROLES)[number];

/** `report` lets its bearer report of its own subjects and nothing else: such a token lies on machines of all kinds. */
const ALLOWED: Readonly<Record<Role, readonly Role[]>> = {
  read: ["read"],
  operate: ["read", "operate", "report"],
  report: ["report"],
};

export function allows(role: Role, wanted: Role): boolean {
  return ALLOWED[role].includes(wanted);
}
