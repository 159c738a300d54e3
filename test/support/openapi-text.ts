/** docs/openapi.json, made from the code: `npm run docs` writes it, `test/admin/api/openapi.test.ts` holds it. */
import { openApiDocument } from "../../src/admin/api/openapi.ts";

export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), undefined, 2)}\n`;
}
