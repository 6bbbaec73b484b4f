/** `npm run reference`: writes the generated pages of this folder. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PAGES } from "./pages.ts";

for (const [name, render] of Object.entries(PAGES)) {
  writeFileSync(join(import.meta.dirname, name), await render());
}
