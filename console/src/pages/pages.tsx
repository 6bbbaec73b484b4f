import { lazy, type ReactNode } from "react";
import { matchRoute, type Parser } from "wouter";
import type { Words } from "../words/english.ts";
import { DashboardHelp, MfaHelp } from "./help.tsx";

export interface PageRow {
  readonly content: () => ReactNode;
  readonly help?: () => ReactNode;
  /** The entry of the side navigation that it belongs to. */
  readonly under: string;
  /** Where it is one page behind another: what its breadcrumb says. */
  readonly crumb?: (words: Words, params: Params) => string;
}

/** What a route's pattern has read from the path, decoded. */
export type Params = Readonly<Record<string, string | undefined>>;

const Dashboard = lazy(() => import("./dashboard/page.tsx"));
const Me = lazy(() => import("./me/page.tsx"));
const Confirm = lazy(() => import("./contact/confirm-page.tsx"));
const Assign = lazy(() => import("./assign/page.tsx"));
const Users = lazy(() => import("./users/list.tsx"));
const CreateUser = lazy(() => import("./users/create.tsx"));
const ImportUsers = lazy(() => import("./users/import.tsx"));
const User = lazy(() => import("./users/page.tsx"));
const Groups = lazy(() => import("./groups/list.tsx"));
const Group = lazy(() => import("./groups/page.tsx"));
const Roles = lazy(() => import("./roles/list.tsx"));
const CreateRole = lazy(() => import("./roles/create.tsx"));
const Role = lazy(() => import("./roles/page.tsx"));
const Policies = lazy(() => import("./policies/list.tsx"));
const CreatePolicy = lazy(() => import("./policies/create.tsx"));
const Simulator = lazy(() => import("./simulator/page.tsx"));
const Policy = lazy(() => import("./policies/page.tsx"));
const Settings = lazy(() => import("./settings/page.tsx"));
const ReadyMade = lazy(() => import("./policies/ready-made.tsx"));

/** Every page behind the sign-in, by the pattern of its path. The first that matches is meant. */
export const PAGES: Readonly<Record<string, PageRow>> = {
  "/": { content: () => <Dashboard />, help: () => <DashboardHelp />, under: "/" },
  "/me": { content: () => <Me />, help: () => <MfaHelp />, under: "/me" },
  "/confirm": { content: () => <Confirm />, under: "/me" },
  "/mfa/assign": {
    content: () => <Assign />,
    help: () => <MfaHelp />,
    under: "/me",
    crumb: (words) => words.assign.title,
  },
  "/users": { content: () => <Users />, under: "/users" },
  "/users/create": {
    content: () => <CreateUser />,
    under: "/users",
    crumb: (words) => words.nav.create,
  },
  "/users/import": {
    content: () => <ImportUsers />,
    under: "/users",
    crumb: (words) => words.nav.import,
  },
  "/users/:name/:tab?": {
    content: () => <User />,
    help: () => <MfaHelp />,
    under: "/users",
    crumb: (_words, { name = "" }) => name,
  },
  "/groups": { content: () => <Groups />, under: "/groups" },
  "/groups/:name/:tab?": {
    content: () => <Group />,
    under: "/groups",
    crumb: (_words, { name = "" }) => name,
  },
  "/roles": { content: () => <Roles />, under: "/roles" },
  "/create-role": {
    content: () => <CreateRole />,
    under: "/roles",
    crumb: (words) => words.nav.create,
  },
  "/roles/:name/:tab?": {
    content: () => <Role />,
    under: "/roles",
    crumb: (_words, { name = "" }) => name,
  },
  "/simulator": { content: () => <Simulator />, under: "/simulator" },
  "/policies": { content: () => <Policies />, under: "/policies" },
  "/create-policy": {
    content: () => <CreatePolicy />,
    under: "/policies",
    crumb: (words) => words.nav.create,
  },
  "/settings": { content: () => <Settings />, under: "/settings" },
  "/ready-made-policies": {
    content: () => <ReadyMade />,
    under: "/policies",
    crumb: (words) => words.nav.readyMade,
  },
  "/policies/aws/:name": {
    content: () => <Policy managedByAws />,
    under: "/policies",
    crumb: (_words, { name = "" }) => name,
  },
  "/policies/:name": {
    content: () => <Policy />,
    under: "/policies",
    crumb: (_words, { name = "" }) => name,
  },
};

/** The page at `path` and what its pattern has read. */
export function pageAt(
  parser: Parser,
  path: string,
): { readonly page: PageRow; readonly params: Params } | undefined {
  for (const [route, page] of Object.entries(PAGES)) {
    const [matches, params] = matchRoute(parser, route, path);
    if (matches) return { page, params };
  }
  return undefined;
}
