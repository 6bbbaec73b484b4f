/**
 * `npm run screenshots [PLACE]`: pictures of each page, 390 and 1280 wide, light and dark, into PLACE (`console/dist.pictures`).
 * They show the built console against a stand-in, under the content security policy that the server sends; what the policy
 * refuses or a page throws is printed, and fails the run.
 */
import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import QRCode from "qrcode";
import { answer, BAD_CODE, DEVICE, newWorld, qrCode, type World } from "./test/stand-in.ts";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

interface Picture {
  readonly path: string;
  readonly world: Partial<World>;
  /** What is done before the picture is taken. */
  readonly steps?: (page: Page) => Promise<void>;
}

const BACKUP = { ...DEVICE, DeviceId: `${DEVICE.DeviceId}-backup`, Name: "ana-backup" };
const now = Date.now();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const code = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const atFactor = (devices = [DEVICE]): Partial<World> => ({
  devices,
  signIn: { Step: "factor", ServerTime: now, UserName: "ana", Devices: devices },
});
const setUp = async (page: Page) => {
  await press(page, "Next");
  await page.getByRole("button", { name: "Show QR code" }).waitFor();
};

const PICTURES: Readonly<Record<string, Picture>> = {
  "set-up": {
    path: "/setup#token",
    world: { signIn: { Step: "password", ServerTime: now, SetUpNeeded: true } },
  },
  "sign-in": { path: "/signin", world: { signIn: { Step: "password", ServerTime: now } } },
  "sign-in-root-failed": {
    path: "/signin",
    world: { signIn: { Step: "password", ServerTime: now } },
    steps: async (page) => {
      await page.getByText("Root user", { exact: true }).click();
      await page.getByLabel("Root user e-mail address").fill("owner@example.com");
      await page.getByLabel("Password", { exact: true }).fill("wrong");
      await press(page, "Sign in");
      await page.getByRole("alert").waitFor();
    },
  },
  factor: { path: "/signin/mfa", world: atFactor() },
  "factor-choice": {
    path: "/signin/mfa",
    world: atFactor([DEVICE, BACKUP]),
    steps: async (page) => {
      await press(page, "Try another method");
      await code(page, "MFA code", BAD_CODE);
      await page.getByRole("alert").waitFor();
    },
  },
  trouble: {
    path: "/signin/trouble",
    world: { ...atFactor(), ahead: 20 * 60_000 },
    steps: async (page) => {
      await page.getByText("Difference").waitFor();
    },
  },
  "change-password": {
    path: "/signin/password",
    world: {
      signIn: {
        Step: "change-password",
        ServerTime: now,
        PasswordReason: "reset",
        PasswordRules: {
          MinimumLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          ReusePrevention: 5,
        },
      },
    },
    steps: async (page) => page.getByLabel("New password", { exact: true }).fill("Long4word"),
  },
  enrol: {
    path: "/signin/enrol",
    world: {
      root: true,
      signIn: {
        Step: "enrol",
        ServerTime: now,
        Root: true,
        Enrolment: { Required: false, MaySkip: true, DaysLeft: 35 },
      },
    },
  },
  "enrol-set-up": {
    path: "/signin/enrol",
    world: {
      root: true,
      signIn: { Step: "enrol", ServerTime: now, Root: true, Enrolment: { Required: true, MaySkip: false } },
    },
    steps: async (page) => {
      await setUp(page);
      await press(page, "Show QR code");
    },
  },
  dashboard: { path: "/", world: { root: true } },
  "dashboard-user": { path: "/", world: {} },
  "me-empty": { path: "/me", world: { root: true } },
  me: {
    path: "/me",
    world: { devices: [DEVICE, BACKUP], keys: [{ id: "AKIAEXAMPLE000000001", status: "Active" }] },
  },
  "me-remove": {
    path: "/me",
    world: { root: true, devices: [DEVICE] },
    steps: (page) => press(page, "Remove ana"),
  },
  "me-step-up": {
    path: "/me",
    world: { devices: [DEVICE], proved: false },
    steps: async (page) => {
      await press(page, "Create access key");
      await page.getByRole("dialog").getByRole("button", { name: "Create access key" }).click();
      await page.getByText("Is it still you?").waitFor();
    },
  },
  "me-key": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: async (page) => {
      await press(page, "Create access key");
      await page.getByRole("dialog").getByRole("button", { name: "Create access key" }).click();
      await page.getByText("Your new access key").waitFor();
    },
  },
  "me-password": {
    path: "/me",
    world: { devices: [DEVICE] },
    steps: async (page) => {
      await press(page, "Change password");
      await page.getByLabel("New password", { exact: true }).fill("Long4word");
    },
  },
  assign: { path: "/mfa/assign", world: {} },
  "assign-secret": {
    path: "/mfa/assign",
    world: {},
    steps: async (page) => {
      await setUp(page);
      await press(page, "Show secret key");
    },
  },
  "assign-refused": {
    path: "/mfa/assign",
    world: { ahead: -20 * 60_000 },
    steps: async (page) => {
      await setUp(page);
      await code(page, "MFA code 1", BAD_CODE);
      await code(page, "MFA code 2", "123456");
      await press(page, "Add MFA");
      await page.getByText("Difference").waitFor();
      await page.getByRole("alert").scrollIntoViewIfNeeded();
    },
  },
  "assign-done": {
    path: "/mfa/assign",
    world: {},
    steps: async (page) => {
      await setUp(page);
      await code(page, "MFA code 1", "123456");
      await code(page, "MFA code 2", "654321");
      await press(page, "Add MFA");
      await page.getByText("MFA device assigned").first().waitFor();
    },
  },
  "assign-help": {
    path: "/mfa/assign",
    world: {},
    steps: async (page) => {
      await page.getByRole("button", { name: "Open help" }).first().click();
    },
  },
  "not-found": { path: "/nowhere", world: {} },
};

const dist = join(import.meta.dirname, "dist");
const [place = join(import.meta.dirname, "dist.pictures"), ...wanted] = process.argv.slice(2);
mkdirSync(place, { recursive: true });
const uri =
  "otpauth://totp/Countersign:ana@example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Countersign";
qrCode.base64 = (await QRCode.toBuffer(uri, { width: 240 })).toString("base64");

const server = createServer((request, response) => {
  const path = request.url?.split("?")[0] ?? "/";
  const file = existsSync(join(dist, path)) && extname(path) !== "" ? path : "/index.html";
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-security-policy": POLICY,
  });
  createReadStream(join(dist, file)).pipe(response);
});
await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
// a server that listens on a port has one
const { port } = server.address() as AddressInfo;
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const complaints: string[] = [];
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await take(browser, `${name}-${width}-${colorScheme}`, picture, width, colorScheme);
    }
  }
}
await browser.close();
server.close();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

async function take(
  from: Browser,
  name: string,
  { path, world: part, steps }: Picture,
  width: number,
  colorScheme: "light" | "dark",
): Promise<void> {
  const world = newWorld(structuredClone(part));
  const context = await from.newContext({
    viewport: { width, height: width === 390 ? 844 : 800 },
    colorScheme,
    locale: process.env.PICTURES_LOCALE ?? "en-GB",
    hasTouch: width === 390,
    isMobile: width === 390,
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    // what the browser says of a refusal that a page expects
    if (message.type() === "error" && !/status of 40[0-9]/.test(message.text()))
      complaints.push(`${name}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${name}: ${error}`));
  await page.route("**/console/api", (route) => {
    const request = route.request();
    return route.fulfill(answer(world, request.headers()["x-amz-target"], request.postData() ?? ""));
  });
  try {
    await page.goto(`http://127.0.0.1:${port}${path}`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await steps?.(page);
    await page.waitForTimeout(300);
  } catch (error) {
    complaints.push(`${name}: ${error}`);
  }
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  if (Number(overflow) > 0) complaints.push(`${name}: ${overflow} px wider than the window`);
  await page.screenshot({ path: join(place, `${name}.png`), fullPage: true });
  await context.close();
}
