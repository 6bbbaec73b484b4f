import { renderCommandsReference } from "#cli/reference.ts";
import { renderSettingsReference } from "#config/render.ts";
import { renderOperationsReference } from "./operations.ts";

/** The generated pages by file name. A test holds the files against them. */
export const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  "settings.md": () => page("Settings", SETTINGS_HEAD, renderSettingsReference()),
  "commands.md": () => page("Commands", COMMANDS_HEAD, renderCommandsReference()),
  "operations.md": async () => page("Operations", OPERATIONS_HEAD, await renderOperationsReference()),
};

const SETTINGS_HEAD = `Each setting is a flag of the commands that take it, an environment variable, and a line of the settings
file that \`--config FILE\` names. A flag wins over the environment, the environment over the file. The file holds lines of
\`name = value\`; blank lines and lines that start with \`#\` are passed over, and a value runs to the end of its line.
An unknown variable \`COUNTERSIGN_…\`, an unknown name in the file or a malformed value ends the start with a sentence that names
it.`;

const COMMANDS_HEAD = `Every command exits 0 when it did what it was asked, 1 when it failed, 2 when it was used wrongly. Standard
output carries its answer and nothing else; what is said to a person goes to standard error. Operator commands work on the store
directly, whether the server runs or not, and each is an event in the log. Settings (\`--data\`, \`--database\`, …) are on
[their own page](settings.md).`;

const OPERATIONS_HEAD = `What the AWS CLI and SDKs can call. An operation that AWS knows and this server does not is decided and
recorded like any other, and then refused by its name; one that AWS does not know is \`InvalidAction\`.`;

const page = (title: string, head: string, body: string): string =>
  `# ${title}\n\n<!-- made by \`npm run reference\`: edit the tables in src/, not this file -->\n\n${head}\n\n${body}\n`;
